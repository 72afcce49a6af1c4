"""Groups: roles tied to them, adoptions undone, archived ones restored."""

from __future__ import annotations

import pytest
from django.test import Client

from scim_provisioning import connections
from scim_provisioning.models import GroupLink
from scim_provisioning.models.connection import GroupPolicy
from tests import people
from tests.console.conftest import PAGE
from tests.console.directory import Directory
from workspace.models import Group

GROUPS = f"{PAGE}groups/"


def push(directory: Directory, name: str, *members: str) -> str:
    """Let the directory make or adopt a group; returns its SCIM id."""
    body = {"displayName": name, "members": [{"value": each} for each in members]}
    answer = directory.send("POST", "/Groups", body)
    return str(answer.json()["id"])


def states(client: Client) -> dict[str, str]:
    lines = client.get(GROUPS).context["groups"].lines
    return {line.name: str(line.state) for line in lines}


def test_groups_are_listed_with_their_state(owner: Client, directory: Directory) -> None:
    push(directory, "Pilots")
    push(directory, "Engineering")

    assert states(owner) == {
        "Engineering": "managed",
        "Pilots": "managed",
        "Support": "unmanaged",
    }


def test_a_role_reaches_everybody_in_the_group(
    owner: Client, directory: Directory, acme: people.Acme
) -> None:
    ben = directory.connection.user_links.get(member=acme.ben)
    group = push(directory, "Leads", str(ben.scim_id))

    owner.post(f"{GROUPS}{group}/role/", {"role": "ADMIN"})
    acme.ben.refresh_from_db()
    given = acme.ben.role
    owner.post(f"{GROUPS}{group}/role/", {"role": ""})
    acme.ben.refresh_from_db()

    assert (given, acme.ben.role) == ("ADMIN", "MEMBER")


def test_ownership_is_no_choice(owner: Client, directory: Directory) -> None:
    group = push(directory, "Leads")

    page = owner.post(f"{GROUPS}{group}/role/", {"role": "OWNER"})

    assert page.status_code == 422
    assert "OWNER is not one of the available choices" in page.content.decode()
    assert GroupLink.objects.get(scim_id=group).role == ""


def test_a_group_that_nobody_manages_gives_no_role(
    owner: Client, directory: Directory, acme: people.Acme
) -> None:
    link = directory.connection.group_links.get(group=acme.support)

    page = owner.post(f"{GROUPS}{link.scim_id}/role/", {"role": "ADMIN"})

    assert page.status_code == 409
    assert "Only a group that the directory manages" in page.content.decode()


def test_an_adoption_is_undone(owner: Client, directory: Directory, acme: people.Acme) -> None:
    group = push(directory, "Engineering")
    before = owner.get(f"{GROUPS}{group}/").content.decode()

    answer = owner.post(f"{GROUPS}{group}/undo-adoption/", follow=True)

    link = GroupLink.objects.get(scim_id=group)
    assert "Undo the adoption" in before
    assert "The earlier group is back" in answer.content.decode()
    assert link.group != acme.engineering


def test_what_was_not_adopted_says_so(owner: Client, directory: Directory) -> None:
    group = push(directory, "Pilots")

    page = owner.post(f"{GROUPS}{group}/undo-adoption/")

    assert page.status_code == 409
    assert "has not taken over an earlier one" in page.content.decode()


def test_an_archived_group_is_restored(
    owner: Client, directory: Directory, acme: people.Acme
) -> None:
    owner.post(f"{GROUPS}policy/", {"group_policy": "ARCHIVE"})
    link = directory.connection.group_links.get(group=acme.support)
    archived = states(owner)["Support"]

    owner.post(f"{GROUPS}{link.scim_id}/restore/")

    acme.support.refresh_from_db()
    assert archived == "removed"
    assert acme.support.archived_at is None
    assert states(owner)["Support"] == "unmanaged"


def test_a_group_whose_name_was_taken_comes_back_under_a_marked_one(
    owner: Client, directory: Directory
) -> None:
    first = push(directory, "Pilots")
    directory.send("DELETE", f"/Groups/{first}")
    push(directory, "Pilots")

    answer = owner.post(f"{GROUPS}{first}/restore/")

    assert answer.status_code == 302
    assert Group.objects.filter(archived_at=None, name__startswith="Pilots").count() == 2


def test_a_group_in_use_is_not_restored(owner: Client, directory: Directory) -> None:
    group = push(directory, "Pilots")

    page = owner.post(f"{GROUPS}{group}/restore/")

    assert page.status_code == 409
    assert "this group is in use already" in page.content.decode()


def test_the_choice_about_earlier_groups_can_be_changed(
    owner: Client, directory: Directory
) -> None:
    owner.post(f"{GROUPS}policy/", {"group_policy": "KEEP_APART"})

    directory.connection.refresh_from_db()
    assert directory.connection.group_policy == GroupPolicy.KEEP_APART


def test_an_unknown_choice_is_refused(owner: Client, directory: Directory) -> None:
    assert owner.post(f"{GROUPS}policy/", {"group_policy": "x"}).status_code == 422


@pytest.mark.parametrize("action", ["role/", "undo-adoption/", "restore/", ""])
def test_another_workspaces_group_is_unknown_here(
    action: str, owner: Client, directory: Directory, globex: people.Globex
) -> None:
    Group.objects.create(workspace=globex.workspace, name="Foreign", name_key="foreign")
    connection, _token = connections.enable(globex.workspace)
    foreign = connection.group_links.get()

    answer = owner.generic("POST" if action else "GET", f"{GROUPS}{foreign.scim_id}/{action}")

    assert answer.status_code == 404
