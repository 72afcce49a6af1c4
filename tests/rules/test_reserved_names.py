"""A group whose name may give rights is never the directory's, and gives none by its name."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from scim_provisioning import roles
from tests import people
from tests.api.client import Directory, connect, operation
from tests.rules.reading import group_link, last_entry, stored
from workspace import selectors
from workspace.models import Group, Member
from workspace.services import groups


@pytest.fixture
def admins(acme: people.Acme) -> Group:
    """The workspace's own group Admins, with Adam in it."""
    group = groups.create_group(workspace=acme.workspace, name="Admins")
    groups.add_members(group=group, member_ids=[acme.adam.pk])
    return group


@pytest.mark.parametrize("name", ["Admins", "ADMINS", "owners", "Ａdmins"])
def test_a_new_group_of_such_a_name_gives_nothing(
    directory: Directory, acme: people.Acme, name: str
) -> None:
    ben = directory.user_id("ben@acme.example")

    created = directory.create_group(name, ben)

    assert stored(acme.ben).role == Member.Role.MEMBER
    with pytest.raises(roles.RoleRefused, match="reserved"):
        roles.tie(group_link(directory, created["id"]), "ADMIN")


def test_the_one_from_before_is_not_adopted_by_its_name(
    admins: Group, directory: Directory, acme: people.Acme
) -> None:
    ben = directory.user_id("ben@acme.example")

    answer = directory.post("/Groups", {"displayName": "admins", "members": [{"value": ben}]})

    assert answer.outcome == (409, "uniqueness")
    assert answer.body["detail"] == "displayName: this name is reserved in the workspace."
    assert selectors.group_member_ids(admins) == [acme.adam.pk]


@pytest.mark.parametrize("verb", ["PATCH", "PUT", "DELETE"])
def test_the_one_from_before_is_not_taken_over_by_its_id(
    admins: Group, directory: Directory, acme: people.Acme, verb: str
) -> None:
    path = f"/Groups/{directory.group_id('Admins')}"
    members = [{"value": directory.user_id("ben@acme.example")}]
    answers = {
        "PATCH": lambda: directory.patch(path, operation("add", "members", members)),
        "PUT": lambda: directory.put(path, {"displayName": "Crew", "members": members}),
        "DELETE": lambda: directory.delete(path),
    }

    answer = answers[verb]()

    assert answer.status == 403
    assert last_entry(directory).notes == [answer.body["detail"]]
    assert Group.objects.get(pk=admins.pk).archived_at is None
    assert selectors.group_member_ids(admins) == [acme.adam.pk]


def test_no_group_is_renamed_to_the_one_from_before(admins: Group, directory: Directory) -> None:
    pilots = directory.create_group("Pilots")

    answer = directory.patch(
        f"/Groups/{pilots['id']}", operation("replace", "displayName", "Admins")
    )

    assert answer.outcome == (409, "uniqueness")


def test_the_names_are_a_setting(acme: people.Acme, settings: Settings) -> None:
    settings.SCIM_PROVISIONING = {
        **settings.SCIM_PROVISIONING,
        "RESERVED_GROUP_NAMES": ("Engineering",),
    }
    directory = connect(acme.workspace)

    answer = directory.post("/Groups", {"displayName": "Engineering"})

    assert answer.outcome == (409, "uniqueness")
