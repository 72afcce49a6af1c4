"""The plan's seats: who takes one, and what is refused when they are gone."""

from __future__ import annotations

import pytest

from tests.people import Acme
from workspace import errors, selectors
from workspace.models import Member
from workspace.services import members_by_hand, workspaces
from workspace.services.members import provision_member, resume_member, suspend_member


def fill(acme: Acme) -> None:
    workspaces.change_plan(
        workspace=acme.workspace,
        plan=acme.workspace.plan,
        seat_limit=selectors.seats_taken(acme.workspace),
    )


def test_kiosk_and_inactive_people_take_no_seat(acme: Acme) -> None:
    suspend_member(member=acme.mia)

    assert selectors.seats_taken(acme.workspace) == 3


def test_an_invited_person_takes_a_seat(acme: Acme) -> None:
    members_by_hand.invite_member(
        workspace=acme.workspace,
        name="Ivy",
        email="ivy@new.example",
        role=Member.Role.MEMBER,
        by=acme.adam,
    )

    assert selectors.seats_taken(acme.workspace) == 5


def test_a_full_workspace_provisions_nobody(acme: Acme) -> None:
    fill(acme)

    with pytest.raises(errors.SeatLimitReached):
        provision_member(workspace=acme.workspace, name="Nia", email="nia@new.example")


def test_a_full_workspace_resumes_nobody(acme: Acme) -> None:
    suspend_member(member=acme.ben)
    fill(acme)

    with pytest.raises(errors.SeatLimitReached):
        resume_member(member=acme.ben)


def test_a_full_workspace_unblocks_nobody(acme: Acme) -> None:
    members_by_hand.block_member(member=acme.ben, by=acme.olivia)
    fill(acme)

    with pytest.raises(errors.SeatLimitReached):
        members_by_hand.unblock_member(member=acme.ben, by=acme.olivia)


def test_resuming_somebody_blocked_needs_no_seat(acme: Acme) -> None:
    members_by_hand.block_member(member=acme.ben, by=acme.olivia)
    suspend_member(member=acme.ben)
    fill(acme)

    assert resume_member(member=acme.ben)


def test_a_full_workspace_still_takes_kiosk_people(acme: Acme) -> None:
    fill(acme)

    kit = members_by_hand.add_kiosk_member(workspace=acme.workspace, name="Kit", by=acme.adam)

    assert kit.status == Member.Status.ACTIVE
