"""Whom an administrator has blocked stays out, whatever the directory says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scim_provisioning import connections
from tests import people
from tests.api.client import Directory, connect, operation
from tests.rules.reading import last_notes, stored
from tests.workspace.browsing import signed_in
from workspace.models import Member
from workspace.services import members_by_hand

BEN = {"userName": "ben@acme.example", "emails": [{"value": "ben@acme.example"}], "active": True}


def off_and_on(directory: Directory, ben: str) -> None:
    connections.disable(directory.connection)
    again = connect(directory.connection.workspace)
    again.put(ben, BEN)


def inactive_and_active(directory: Directory, ben: str) -> None:
    directory.patch(ben, operation("replace", "active", False))
    directory.patch(ben, operation("replace", "active", True))


def deleted_and_posted(directory: Directory, ben: str) -> None:
    directory.delete(ben)
    directory.post("/Users", BEN)


SAYINGS: list[Callable[[Directory, str], object]] = [
    lambda directory, ben: directory.patch(ben, operation("replace", "active", True)),
    lambda directory, ben: directory.put(ben, BEN),
    lambda directory, ben: directory.post("/Users", BEN),
    inactive_and_active,
    deleted_and_posted,
    off_and_on,
]


@pytest.fixture
def ben(directory: Directory, acme: people.Acme) -> str:
    members_by_hand.block_member(member=acme.ben, by=acme.olivia)
    return f"/Users/{directory.user_id('ben@acme.example')}"


@pytest.mark.parametrize("say", SAYINGS)
def test_nothing_the_directory_says_lifts_the_block(
    directory: Directory, acme: people.Acme, ben: str, say: Callable[[Directory, str], object]
) -> None:
    say(directory, ben)

    assert stored(acme.ben).status == Member.Status.INACTIVE
    assert signed_in(acme.ben).get("/workspaces/acme/members/").status_code == 403


def test_the_directory_sees_it_and_the_journal_says_it(directory: Directory, ben: str) -> None:
    answer = directory.patch(ben, operation("replace", "active", True))

    assert answer.body["active"] is False
    assert "An administrator has blocked this person" in last_notes(directory)


def test_unblocked_by_hand_the_person_is_back_at_once(
    directory: Directory, acme: people.Acme, ben: str
) -> None:
    directory.put(ben, BEN)

    members_by_hand.unblock_member(member=acme.ben, by=acme.olivia)

    assert stored(acme.ben).status == Member.Status.ACTIVE
    assert directory.get(ben).body["active"] is True


def test_unblocked_by_hand_who_the_directory_suspended_stays_out(
    directory: Directory, acme: people.Acme, ben: str
) -> None:
    directory.patch(ben, operation("replace", "active", False))

    members_by_hand.unblock_member(member=acme.ben, by=acme.olivia)

    assert stored(acme.ben).status == Member.Status.INACTIVE
