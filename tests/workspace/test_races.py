"""Two at once: what may happen only once happens once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests import people
from workspace import errors, selectors
from workspace.models import Member, TimeEntry, User
from workspace.services import groups, timers, workspaces
from workspace.services.members import provision_member, suspend_member

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


def race(*calls: Callable[[], object]) -> list[object]:
    """Run the calls at the same moment; return each one's answer or product error."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=10)
            return call()
        except errors.WorkspaceError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def refused(outcomes: list[object], family: type[errors.WorkspaceError]) -> int:
    return sum(isinstance(outcome, family) for outcome in outcomes)


def test_of_two_owners_deactivated_at_once_one_stays() -> None:
    acme = people.acme()
    otto = people.hired(acme.workspace, "Otto Owner", role=Member.Role.OWNER)

    outcomes = race(lambda: suspend_member(member=acme.olivia), lambda: suspend_member(member=otto))

    assert refused(outcomes, errors.LastOwner) == 1
    assert selectors.active_owners(acme.workspace).count() == 1


def test_the_last_seat_is_taken_once() -> None:
    acme = people.acme()
    workspaces.change_plan(workspace=acme.workspace, plan="ENTERPRISE", seat_limit=5)

    outcomes = race(
        *(
            lambda number=number: provision_member(
                workspace=acme.workspace, name="Nia", email=f"nia{number}@new.example"
            )
            for number in range(AT_ONCE)
        )
    )

    assert refused(outcomes, errors.SeatLimitReached) == AT_ONCE - 1
    assert selectors.seats_taken(acme.workspace) == 5


def test_one_address_is_added_once() -> None:
    acme = people.acme()

    outcomes = race(
        *[lambda: provision_member(workspace=acme.workspace, name="Nia", email="nia@new.example")]
        * AT_ONCE
    )

    assert refused(outcomes, errors.EmailTaken) == AT_ONCE - 1


def test_two_workspaces_adding_one_address_make_one_account() -> None:
    acme, globex = people.acme(), people.globex()

    race(
        lambda: provision_member(workspace=acme.workspace, name="Nia", email="nia@new.example"),
        lambda: provision_member(workspace=globex.workspace, name="Nia", email="nia@new.example"),
    )

    user = User.objects.get(email="nia@new.example")
    assert Member.objects.filter(email_key="nia@new.example").count() == 2
    assert Member.objects.filter(user=user).count() == 1


def test_one_group_name_is_taken_once() -> None:
    acme = people.acme()

    outcomes = race(
        *[lambda: groups.create_group(workspace=acme.workspace, name="Design")] * AT_ONCE
    )

    assert refused(outcomes, errors.GroupNameTaken) == AT_ONCE - 1


def test_one_person_is_added_to_a_group_once() -> None:
    acme = people.acme()

    outcomes = race(
        *[lambda: groups.add_members(group=acme.support, member_ids=[acme.mia.pk])] * AT_ONCE
    )

    assert sorted(map(str, outcomes)) == sorted([str([acme.mia.pk]), *["[]"] * (AT_ONCE - 1)])


def test_one_timer_starts_once() -> None:
    acme = people.acme()

    outcomes = race(*[lambda: timers.start_timer(member=acme.ben)] * AT_ONCE)

    assert refused(outcomes, errors.TimerRunning) == AT_ONCE - 1
    assert TimeEntry.objects.count() == 1
