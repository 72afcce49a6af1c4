"""`manage.py scim_outbox`: deliver, list what fails, replay."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from scim_provisioning.management.commands import scim_outbox
from scim_provisioning.models import Event
from scim_provisioning.outbox import EventName
from scim_provisioning.outbox.delivery import MOST_ATTEMPTS
from tests.api.client import Directory
from tests.outbox.happening import deliver_now, handler, happen

UPDATED = EventName.MEMBER_UPDATED

pytestmark = pytest.mark.usefixtures("no_handlers")


def run(*arguments: str) -> str:
    printed = StringIO()
    call_command("scim_outbox", *arguments, stdout=printed)
    return printed.getvalue()


@pytest.fixture
def parked(directory: Directory) -> Event:
    def breaks() -> None:
        raise RuntimeError

    handler("broken", UPDATED, then=breaks)
    [event] = happen(directory.connection, UPDATED)
    for _ in range(MOST_ATTEMPTS):
        deliver_now(event)
    return event


def test_what_is_due_is_delivered(directory: Directory) -> None:
    notes = handler("any", UPDATED)
    happen(directory.connection, UPDATED)

    assert run("--once") == "Events delivered: 1\n"
    assert notes == ["member.updated b"]


def test_what_fails_is_listed(parked: Event) -> None:
    listed = run("--failed")

    assert f"{parked.pk}  member.updated user:" in listed
    assert "broken  PARKED  attempts: 20  RuntimeError in breaks" in listed


def test_a_parked_event_is_replayed(parked: Event) -> None:
    handler("broken", UPDATED)

    assert run("--replay", str(parked.pk)) == "Done.\n"
    assert run("--failed") == ""


def test_a_replay_that_fails_says_so(parked: Event) -> None:
    assert run("--replay", str(parked.pk)).startswith("Not done yet")


def test_what_is_not_parked_is_not_replayed(directory: Directory) -> None:
    [event] = happen(directory.connection, UPDATED)

    with pytest.raises(CommandError, match="no parked event"):
        run("--replay", str(event.pk))


def test_the_loop_outlives_a_database_that_goes_away(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Exception):
        pass

    swept: list[str] = []

    def sweep() -> int:
        swept.append("once")
        if len(swept) == 1:
            raise OperationalError
        raise Stopped

    monkeypatch.setattr(scim_outbox, "sweep", sweep)
    monkeypatch.setattr(scim_outbox, "close_old_connections", lambda: None)

    with pytest.raises(Stopped):
        run("--loop", "--seconds", "0")

    assert swept == ["once", "once"]
