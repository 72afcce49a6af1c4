"""Switched off: the endpoints say so, people and groups stay, nobody is locked out of edits."""

from __future__ import annotations

import pytest

from scim_provisioning import connections
from scim_provisioning.models import Connection
from scim_provisioning.protocol import urns
from tests import people
from tests.api.client import Directory
from tests.rules.reading import count
from tests.workspace.browsing import signed_in
from workspace.models import Group, GroupMembership, Member, User
from workspace.services import members_by_hand

OFF = {
    "schemas": [urns.ERROR],
    "status": "403",
    "detail": (
        "Directory provisioning is switched off for this workspace. "
        "An owner can switch it on in the workspace settings."
    ),
}
REQUESTS = [
    ("GET", "/Users"),
    ("GET", "/Groups"),
    ("GET", "/ServiceProviderConfig"),
    ("POST", "/Users"),
    ("POST", "/Bulk"),
    ("POST", "/.search"),
]


@pytest.fixture
def off(directory: Directory) -> Directory:
    """A directory that has created Zoe in Pilots and adopted Ben, now switched off."""
    zoe = directory.create_user("zoe@new.example")
    directory.create_group("Pilots", zoe["id"])
    directory.create_user("ben@acme.example")
    connections.disable(directory.connection)
    return directory


@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_every_endpoint_says_so(off: Directory, method: str, path: str) -> None:
    answer = off.send(method, path, {} if method == "POST" else None)

    assert (answer.status, answer.body) == (403, OFF)


def test_a_stranger_learns_nothing_of_it(off: Directory) -> None:
    stranger = Directory(connection=off.connection, token="scim_guess")

    assert stranger.get("/Users").status == 401


def test_nobody_is_removed(directory: Directory, acme: people.Acme) -> None:
    zoe = directory.create_user("zoe@new.example")
    directory.create_group("Pilots", zoe["id"])
    tables = (Member, User, Group, GroupMembership)
    before = count(*tables), list(Member.objects.values_list("status", flat=True))

    connections.disable(directory.connection)

    assert (count(*tables), list(Member.objects.values_list("status", flat=True))) == before
    assert signed_in(acme.ben).get("/workspaces/acme/members/").status_code == 200


def test_names_can_be_changed_by_hand(off: Directory, acme: people.Acme) -> None:
    members_by_hand.rename_member(member=acme.ben, name="Benno")

    assert Member.objects.get(pk=acme.ben.pk).name == "Benno"


def test_whom_the_directory_suspended_an_administrator_brings_back(
    directory: Directory, acme: people.Acme
) -> None:
    resume = f"/workspaces/acme/members/{acme.ben.pk}/resume/"
    ben = directory.create_user("ben@acme.example", active=False)
    refused = signed_in(acme.olivia).post(resume, follow=True).content.decode()
    suspended = directory.get(f"/Users/{ben['id']}").body["active"] is False

    connections.disable(directory.connection)
    signed_in(acme.olivia).post(resume)

    assert suspended
    assert "directory manages this person" in refused
    assert Member.objects.get(pk=acme.ben.pk).status == Member.Status.ACTIVE


def test_every_token_is_dead(off: Directory) -> None:
    assert not off.connection.tokens.filter(revoked_at=None).exists()


def test_the_others_directory_is_not_touched(off: Directory, globex_directory: Directory) -> None:
    assert Connection.objects.count() == 2
    assert globex_directory.get("/Users").status == 200
