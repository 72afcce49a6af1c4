"""A handler sees the events of one key in order; nothing else waits."""

from __future__ import annotations

import pytest

from scim_provisioning.models import Event
from scim_provisioning.outbox import EventName
from scim_provisioning.outbox.delivery import MOST_ATTEMPTS, deliver
from tests.api.client import Directory
from tests.outbox.happening import MIA, deliver_now, delivery_of, handler, happen

DEACTIVATED, REACTIVATED = EventName.MEMBER_DEACTIVATED, EventName.MEMBER_REACTIVATED

pytestmark = pytest.mark.usefixtures("no_handlers")


@pytest.fixture
def mood() -> dict[str, bool]:
    """Whether the handler `moody` fails."""
    return {"fails": True}


@pytest.fixture
def moody(mood: dict[str, bool]) -> list[str]:
    def then() -> None:
        if mood["fails"]:
            raise RuntimeError

    return handler("moody", DEACTIVATED, REACTIVATED, then=then)


def test_a_later_event_waits_for_the_handler_that_has_failed(
    directory: Directory, moody: list[str], mood: dict[str, bool]
) -> None:
    first, second = happen(directory.connection, DEACTIVATED, REACTIVATED)

    deliver_now(first)
    deliver_now(second)
    mood["fails"] = False
    deliver_now(first)

    second.refresh_from_db()
    assert moody == ["member.deactivated b", "member.deactivated b", "member.reactivated b"]
    assert second.done_at is not None


def test_what_has_waited_has_made_no_attempt(directory: Directory, moody: list[str]) -> None:
    first, second = happen(directory.connection, DEACTIVATED, REACTIVATED)

    deliver_now(first)
    deliver_now(second)

    assert delivery_of(second, "moody").attempts == 0
    assert second.done_at is None


def test_a_later_event_waits_for_one_that_nobody_has_begun(directory: Directory) -> None:
    notes = handler("only", DEACTIVATED, REACTIVATED)
    first, second = happen(directory.connection, DEACTIVATED, REACTIVATED)

    deliver(second.pk)
    deliver(first.pk)

    assert notes == ["member.deactivated b", "member.reactivated b"]


def test_other_handlers_of_a_later_event_go_on(directory: Directory, moody: list[str]) -> None:
    other = handler("other", REACTIVATED)
    first, second = happen(directory.connection, DEACTIVATED, REACTIVATED)

    deliver_now(first)
    deliver_now(second)

    assert other == ["member.reactivated b"]


def test_other_keys_go_on(directory: Directory, moody: list[str]) -> None:
    [bens] = happen(directory.connection, DEACTIVATED)
    [mias] = happen(directory.connection, DEACTIVATED, to=MIA)

    deliver_now(bens)
    deliver_now(mias)

    assert moody == ["member.deactivated b", "member.deactivated c"]


def test_what_is_parked_holds_up_nothing(
    directory: Directory, moody: list[str], mood: dict[str, bool]
) -> None:
    first, second = happen(directory.connection, DEACTIVATED, REACTIVATED)
    for _ in range(MOST_ATTEMPTS):
        deliver_now(first)
    mood["fails"] = False

    deliver_now(second)

    assert second.done_at is not None
    assert Event.objects.get(pk=first.pk).parked_at is not None
