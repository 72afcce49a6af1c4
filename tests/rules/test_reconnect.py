"""Switched off and on again, or with a new token: the same people and groups, the same ids."""

from __future__ import annotations

import pytest

from scim_provisioning import connections, credentials
from tests import people
from tests.api.client import Answer, Directory, connect, operation
from workspace.services import groups_by_hand, members_by_hand

ENDPOINTS = ("/Users", "/Groups")


def shown(directory: Directory) -> dict[str, dict[str, object]]:
    """Return everything the directory sees, by id."""
    return {
        resource["id"]: resource
        for endpoint in ENDPOINTS
        for resource in directory.get(endpoint).body["Resources"]
    }


def without_times(shown: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    return {
        id: {name: value for name, value in resource.items() if name != "meta"}
        for id, resource in shown.items()
    }


@pytest.fixture
def used(directory: Directory) -> Directory:
    """A directory that manages Zoe and the group Pilots, and has adopted Ben."""
    zoe = directory.create_user("zoe@new.example", externalId="00uZOE", title="Pilot")
    directory.create_group("Pilots", zoe["id"], externalId="00gPILOTS")
    ben = directory.user_id("ben@acme.example")
    directory.patch(f"/Users/{ben}", operation("replace", "title", "Engineer"))
    return directory


def off_and_on(directory: Directory) -> Directory:
    connections.disable(directory.connection)
    return connect(directory.connection.workspace)


def with_a_new_token(directory: Directory) -> Directory:
    _, text = credentials.mint(connection=directory.connection)
    return Directory(connection=directory.connection, token=text)


def test_off_and_on_again_the_directory_sees_what_it_saw(used: Directory) -> None:
    before = shown(used)

    again = off_and_on(used)

    assert again.connection.base_url == used.connection.base_url
    assert without_times(shown(again)) == without_times(before)


def test_a_new_token_sees_the_very_same(used: Directory) -> None:
    before = shown(used)

    assert shown(with_a_new_token(used)) == before


def test_the_token_from_before_stays_dead(used: Directory) -> None:
    again = off_and_on(used)

    assert used.get("/Users").status == 401
    assert again.get("/Users").status == 200


def test_who_is_managed_is_still_managed(used: Directory) -> None:
    again = off_and_on(used)

    answers: list[Answer] = [
        again.post("/Users", {"userName": "zoe@new.example"}),
        again.post("/Users", {"userName": "ben@acme.example"}),
        again.post("/Groups", {"displayName": "Pilots"}),
    ]

    assert [each.outcome for each in answers] == [(409, "uniqueness")] * 3


def test_what_was_done_by_hand_meanwhile_is_found(used: Directory, acme: people.Acme) -> None:
    connections.disable(used.connection)
    members_by_hand.invite_member(
        workspace=acme.workspace,
        name="Ina",
        email="ina@new.example",
        role="MEMBER",
        by=acme.olivia,
    )
    groups_by_hand.create_group(name="Design", by=acme.olivia)

    again = connect(acme.workspace)

    assert again.user_id("ina@new.example")
    assert again.group_id("Design")


def test_who_was_deleted_is_not_shown_again(used: Directory) -> None:
    zoe = used.user_id("zoe@new.example")
    used.delete(f"/Users/{zoe}")

    again = off_and_on(used)

    assert again.find("/Users", 'userName eq "zoe@new.example"') == []
