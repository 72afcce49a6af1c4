"""Each handler is called until it is done, and what it raises stays with it."""

from __future__ import annotations

import smtplib

import pytest

from scim_provisioning.models import Delivery, Event
from scim_provisioning.outbox import EventName, Outage, event_delivered
from scim_provisioning.outbox.delivery import MOST_ATTEMPTS, deliver, replay, sweep
from tests.api.client import Directory
from tests.outbox.happening import (
    deliver_now,
    delivery_of,
    handler,
    happen,
    seconds_to_wait,
)

UPDATED = EventName.MEMBER_UPDATED

pytestmark = pytest.mark.usefixtures("no_handlers")


class Broken(Exception):
    """A handler's own mistake."""


def breaks() -> None:
    raise Broken("Nia Novak")


def is_down() -> None:
    raise Outage


class TestDone:
    def test_every_handler_is_called_once(self, directory: Directory) -> None:
        first, second = handler("first", UPDATED), handler("second", UPDATED)
        [event] = happen(directory.connection, UPDATED)

        deliver(event.pk)
        deliver(event.pk)

        event.refresh_from_db()
        assert (first, second) == (["member.updated b"], ["member.updated b"])
        assert event.done_at is not None and event.lease_until is None
        assert delivery_of(event, "first").state == Delivery.State.DONE
        assert delivery_of(event, "first").attempts == 1

    def test_what_nobody_handles_is_done_as_it_is_recorded(self, directory: Directory) -> None:
        [event] = happen(directory.connection, UPDATED)

        assert event.done_at is not None

    def test_the_signal_tells_of_it(self, directory: Directory) -> None:
        handler("only", UPDATED)
        [event] = happen(directory.connection, UPDATED)
        heard: list[Event] = []

        def hear(event: Event, **_: object) -> None:
            heard.append(event)
            raise Broken

        event_delivered.connect(hear)
        try:
            deliver(event.pk)
        finally:
            event_delivered.disconnect(hear)

        assert heard == [event]


class TestFailures:
    def test_other_handlers_go_on(self, directory: Directory) -> None:
        handler("broken", UPDATED, then=breaks)
        sound = handler("sound", UPDATED)
        [event] = happen(directory.connection, UPDATED)

        deliver_now(event)
        deliver_now(event)

        assert sound == ["member.updated b"]
        assert delivery_of(event, "broken").attempts == 2
        assert event.done_at is None

    def test_the_error_is_noted_without_its_text(self, directory: Directory) -> None:
        handler("broken", UPDATED, then=breaks)
        [event] = happen(directory.connection, UPDATED)

        deliver(event.pk)

        error = delivery_of(event, "broken").error
        assert error.startswith("Broken in breaks, line ")
        assert "Nia" not in error

    def test_the_pause_doubles_up_to_an_hour(self, directory: Directory) -> None:
        handler("broken", UPDATED, then=breaks)
        [event] = happen(directory.connection, UPDATED)

        pauses = []
        for _ in range(14):
            deliver_now(event)
            pauses.append(round(seconds_to_wait(event)))

        assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600]

    def test_before_its_time_nothing_is_tried(self, directory: Directory) -> None:
        notes = handler("broken", UPDATED, then=breaks)
        [event] = happen(directory.connection, UPDATED)

        deliver(event.pk)
        deliver(event.pk)

        assert len(notes) == 1

    def test_a_handler_that_is_gone_is_a_failure(
        self, directory: Directory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        handler("present", UPDATED, then=breaks)
        [event] = happen(directory.connection, UPDATED)
        deliver(event.pk)
        monkeypatch.setattr("scim_provisioning.outbox.registry._handlers", {})

        deliver_now(event)

        assert delivery_of(event, "present").error.startswith("LookupError")

    def test_a_process_that_dies_in_a_handler_has_made_an_attempt(
        self, directory: Directory
    ) -> None:
        def dies() -> None:
            raise KeyboardInterrupt

        handler("fatal", UPDATED, then=dies)
        [event] = happen(directory.connection, UPDATED)

        with pytest.raises(KeyboardInterrupt):
            deliver(event.pk)

        assert delivery_of(event, "fatal").attempts == 1
        assert delivery_of(event, "fatal").state == Delivery.State.OPEN


class TestParking:
    @pytest.fixture
    def parked(self, directory: Directory) -> Event:
        """An event whose one handler has failed as often as it may."""
        handler("broken", UPDATED, then=breaks)
        [event] = happen(directory.connection, UPDATED)
        for _ in range(MOST_ATTEMPTS):
            deliver_now(event)
        return event

    def test_after_twenty_attempts_it_is_parked(self, parked: Event) -> None:
        assert parked.parked_at is not None and parked.done_at is None
        assert delivery_of(parked, "broken").state == Delivery.State.PARKED

    def test_a_parked_event_is_left_alone(self, parked: Event) -> None:
        deliver_now(parked)

        assert delivery_of(parked, "broken").attempts == MOST_ATTEMPTS
        assert sweep() == 0

    def test_replayed_it_has_all_its_attempts_before_it(self, parked: Event) -> None:
        mended = handler("broken", UPDATED)

        replay(parked)
        deliver_now(parked)

        assert mended == ["member.updated b"]
        assert parked.done_at is not None and parked.parked_at is None
        assert delivery_of(parked, "broken").attempts == 1

    def test_what_is_not_parked_cannot_be_replayed(self, directory: Directory) -> None:
        notes = handler("sound", UPDATED)
        [event] = happen(directory.connection, UPDATED)
        deliver_now(event)

        replay(event)
        deliver_now(event)

        assert len(notes) == 1


class TestOutages:
    @pytest.mark.parametrize(
        "problem",
        [
            Outage(),
            ConnectionRefusedError(),
            TimeoutError(),
            smtplib.SMTPServerDisconnected(),
            smtplib.SMTPDataError(451, b"later"),
        ],
        ids=repr,
    )
    def test_an_outage_is_no_attempt(self, directory: Directory, problem: Exception) -> None:
        def fails() -> None:
            raise problem

        handler("waiting", UPDATED, then=fails)
        [event] = happen(directory.connection, UPDATED)

        for _ in range(MOST_ATTEMPTS + 1):
            deliver_now(event)

        assert delivery_of(event, "waiting").attempts == 0
        assert event.parked_at is None
        assert 10 < seconds_to_wait(event) < 20

    @pytest.mark.parametrize(
        "problem",
        [smtplib.SMTPRecipientsRefused({}), smtplib.SMTPDataError(550, b"no"), FileNotFoundError()],
        ids=repr,
    )
    def test_a_refusal_is_one(self, directory: Directory, problem: Exception) -> None:
        def fails() -> None:
            raise problem

        handler("refused", UPDATED, then=fails)
        [event] = happen(directory.connection, UPDATED)

        deliver(event.pk)

        assert delivery_of(event, "refused").attempts == 1


class TestSweeping:
    def test_what_is_due_is_delivered(self, directory: Directory) -> None:
        notes = handler("only", UPDATED)
        happen(directory.connection, UPDATED, UPDATED)

        swept = sweep()

        assert (swept, len(notes)) == (2, 2)
        assert sweep() == 0

    def test_who_waits_for_an_outage_does_not_go_first_again(self, directory: Directory) -> None:
        handler("waiting", UPDATED, then=is_down)
        happen(directory.connection, UPDATED)
        sweep()
        sound = handler("sound", EventName.MEMBER_DELETED)
        happen(directory.connection, EventName.MEMBER_DELETED)

        swept = sweep()

        assert (swept, sound) == (1, ["member.deleted b"])
