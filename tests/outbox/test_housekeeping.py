"""The daily round: tokens that expire, changes that were refused, what is past keeping."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from scim_provisioning import connections
from scim_provisioning.models import Connection, Event, FormerKey, JournalEntry, Token, Webhook
from scim_provisioning.outbox import EventName
from scim_provisioning.outbox.housekeeping import (
    announce_expiring_tokens,
    announce_refusals,
    purge_events,
    purge_journal,
)
from tests.api.client import Directory
from tests.outbox.happening import handler, happen

EXPIRING, REFUSED = EventName.TOKEN_EXPIRING, EventName.CONNECTION_REFUSED

pytestmark = pytest.mark.usefixtures("no_handlers")


def days_told() -> list[int]:
    payloads = Event.objects.filter(name=EXPIRING).order_by("pk").values_list("payload", flat=True)
    return [payload["days"] for payload in payloads]


def expire_in(connection: Connection, **left: float) -> None:
    Token.objects.filter(connection=connection).update(
        expires_at=timezone.now() + timedelta(**left), created_at=timezone.now() - timedelta(365)
    )


def refuse_something(connection: Connection, *, status: int = 409) -> JournalEntry:
    return JournalEntry.objects.create(
        connection=connection, operation="post", resource_type="User", status=status
    )


class TestExpiry:
    def test_each_notice_comes_once(self, directory: Directory) -> None:
        for left in (31, 30, 29, 7, 6, 1, 0.5):
            expire_in(directory.connection, days=left)
            announce_expiring_tokens()
            announce_expiring_tokens()

        assert days_told() == [30, 7, 1]

    def test_who_was_not_told_in_time_is_told_once(self, directory: Directory) -> None:
        expire_in(directory.connection, days=0.5)

        announce_expiring_tokens()
        announce_expiring_tokens()

        assert days_told() == [1]

    def test_a_token_that_has_ended_is_past_notice(self, directory: Directory) -> None:
        expire_in(directory.connection, days=-1)

        assert announce_expiring_tokens() == 0

    def test_a_connection_that_is_switched_off_has_nothing_to_expire(
        self, directory: Directory
    ) -> None:
        expire_in(directory.connection, days=3)
        connections.disable(directory.connection)

        assert announce_expiring_tokens() == 0

    def test_a_token_made_for_a_week_is_no_news_at_once(self, directory: Directory) -> None:
        now = timezone.now()
        Token.objects.update(created_at=now, expires_at=now + timedelta(days=7))

        assert announce_expiring_tokens() == 0


class TestRefusals:
    def test_a_digest_tells_from_where_to_where(self, directory: Directory) -> None:
        first = refuse_something(directory.connection)
        last = refuse_something(directory.connection)

        announce_refusals()

        digest = Event.objects.get(name=REFUSED)
        assert digest.payload == {"first_entry": first.pk, "last_entry": last.pk}

    def test_there_is_one_a_day(self, directory: Directory) -> None:
        refuse_something(directory.connection)
        announce_refusals()
        refuse_something(directory.connection)

        assert announce_refusals() == 0

    def test_the_next_begins_where_the_last_has_ended(self, directory: Directory) -> None:
        refuse_something(directory.connection)
        announce_refusals()
        Event.objects.filter(name=REFUSED).update(created_at=timezone.now() - timedelta(days=2))
        entry = refuse_something(directory.connection)

        announce_refusals()

        digest = Event.objects.filter(name=REFUSED).latest("pk")
        assert digest.payload == {"first_entry": entry.pk, "last_entry": entry.pk}

    def test_without_a_refusal_there_is_none(self, directory: Directory) -> None:
        refuse_something(directory.connection, status=201)

        assert announce_refusals() == 0

    def test_a_rejected_credential_is_no_refused_change(self, directory: Directory) -> None:
        JournalEntry.objects.create(
            connection=directory.connection, operation="authenticate", status=401
        )

        assert announce_refusals() == 0


class TestPurging:
    @pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
    def test_what_was_done_long_ago_goes(self, directory: Directory, days: int, left: int) -> None:
        [event] = happen(directory.connection, EventName.MEMBER_UPDATED)
        age(event, days=days)

        purge_events()

        assert Event.objects.filter(pk=event.pk).count() == left

    def test_what_is_not_done_stays(self, directory: Directory) -> None:
        handler("any", EventName.MEMBER_UPDATED)
        [waiting] = happen(directory.connection, EventName.MEMBER_UPDATED)
        [parked] = happen(directory.connection, EventName.MEMBER_UPDATED)
        long_ago = timezone.now() - timedelta(days=1000)
        Event.objects.update(created_at=long_ago)
        Event.objects.filter(pk=parked.pk).update(parked_at=long_ago)

        purge_events()

        assert Event.objects.filter(pk__in=[waiting.pk, parked.pk]).count() == 2

    @pytest.mark.parametrize(("days", "left"), [(399, 1), (401, 0)])
    def test_what_a_receipt_is_made_of_stays_as_long_as_the_journal(
        self, directory: Directory, days: int, left: int
    ) -> None:
        [event] = happen(directory.connection, EventName.MEMBER_DEACTIVATED)
        age(event, days=days)

        purge_events()

        assert Event.objects.filter(pk=event.pk).count() == left

    def test_the_journal_is_kept_for_four_hundred_days(self, directory: Directory) -> None:
        old, young = refuse_something(directory.connection), refuse_something(directory.connection)
        JournalEntry.objects.filter(pk=old.pk).update(
            occurred_at=timezone.now() - timedelta(days=401)
        )

        assert purge_journal() == 1
        assert JournalEntry.objects.get() == young


def test_the_command_does_all_of_it(directory: Directory) -> None:
    expire_in(directory.connection, days=3)
    refuse_something(directory.connection)
    webhook = Webhook.objects.create(connection=directory.connection, public_key={})
    webhook.former_keys.create(key_id="old", public_key={}, leaves_at=timezone.now())

    call_command("scim_housekeeping")

    names = Event.objects.filter(name__in=[EXPIRING, REFUSED]).order_by("pk")
    assert list(names.values_list("name", flat=True)) == [EXPIRING, REFUSED]
    assert len(set(names.values_list("correlation_id", flat=True))) == 1
    assert not FormerKey.objects.exists()


def age(event: Event, *, days: int) -> None:
    Event.objects.filter(pk=event.pk).update(done_at=timezone.now() - timedelta(days=days))
