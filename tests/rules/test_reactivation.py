"""`active: true` brings role, groups, keys and history back, if there is a seat."""

from __future__ import annotations

import pytest

from tests import people
from tests.api.client import Directory, operation
from tests.rules.access import WAYS_IN
from tests.rules.reading import last_notes, stored
from workspace import selectors
from workspace.models import Member
from workspace.services import members_by_hand, timers, workspaces


@pytest.fixture
def mia(directory: Directory) -> str:
    return f"/Users/{directory.user_id('mia@acme.example')}"


def test_role_groups_and_history_are_back(
    directory: Directory, acme: people.Acme, mia: str
) -> None:
    timers.start_timer(member=acme.mia)
    directory.patch(mia, operation("replace", "active", False))

    answer = directory.patch(mia, operation("replace", "active", True))

    after = stored(acme.mia)
    assert answer.body["active"] is True
    assert (after.role, after.status) == ("MANAGER", "ACTIVE")
    assert [group.name for group in selectors.member_groups(after)] == ["Engineering"]
    assert after.time_entries.count() == 1


def test_an_api_key_works_again(directory: Directory, acme: people.Acme) -> None:
    key, ben = WAYS_IN["api_key"](acme), f"/Users/{directory.user_id('ben@acme.example')}"
    directory.patch(ben, operation("replace", "active", False))

    directory.patch(ben, operation("replace", "active", "True"))

    assert key.opens()


def test_who_was_invited_is_invited_anew(directory: Directory, acme: people.Acme) -> None:
    pending = members_by_hand.invite_member(
        workspace=acme.workspace,
        name="Nia",
        email="nia@new.example",
        role="MEMBER",
        by=acme.olivia,
    )
    nia = f"/Users/{directory.user_id('nia@new.example')}"
    directory.patch(nia, operation("replace", "active", False))

    directory.patch(nia, operation("replace", "active", True))

    invitations = pending.invitations.order_by("pk")
    assert stored(pending).status == Member.Status.PENDING
    assert [invitation.is_open for invitation in invitations] == [False, True]


def test_without_a_seat_it_is_refused_and_nothing_changes(
    directory: Directory, acme: people.Acme, mia: str
) -> None:
    directory.patch(mia, operation("replace", "active", False))
    workspaces.change_plan(workspace=acme.workspace, plan="ENTERPRISE", seat_limit=3)

    answer = directory.patch(
        mia, operation("replace", "active", True), operation("replace", "displayName", "Mia M.")
    )

    after = stored(acme.mia)
    assert answer.status == 403
    assert answer.body["detail"].startswith("active: every seat")
    assert (after.name, after.status) == ("Mia Manager", "INACTIVE")
    assert last_notes(directory) == answer.body["detail"]
