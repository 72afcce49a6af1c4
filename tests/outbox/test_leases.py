"""One at a time delivers an event, and nobody for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep

import pytest
from django.db import connection as database
from django.utils import timezone

from scim_provisioning.models import Event
from scim_provisioning.outbox import EventName
from scim_provisioning.outbox.delivery import deliver
from scim_provisioning.outbox.leases import claim, release, renew
from tests import people
from tests.api.client import Directory, connect
from tests.outbox.happening import handler, happen

UPDATED = EventName.MEMBER_UPDATED

pytestmark = pytest.mark.usefixtures("no_handlers")


def expire(event: Event) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Event.objects.filter(pk=event.pk).update(lease_until=past)


@pytest.fixture
def event(directory: Directory) -> Event:
    handler("any", UPDATED)
    [event] = happen(directory.connection, UPDATED)
    return event


def test_a_second_claim_gets_nothing(event: Event) -> None:
    assert claim(event.pk) is not None
    assert claim(event.pk) is None


def test_a_lease_that_has_run_out_can_be_had(event: Event) -> None:
    claim(event.pk)
    expire(event)

    assert claim(event.pk) is not None


def test_who_has_lost_the_lease_changes_nothing(event: Event) -> None:
    slow = claim(event.pk)
    assert slow is not None
    expire(event)
    quick = claim(event.pk)

    assert not release(slow, done_at=timezone.now())

    event.refresh_from_db()
    assert quick is not None and event.lease_until == quick.lease_until
    assert event.done_at is None


def test_who_has_lost_the_lease_calls_no_other_handler(directory: Directory) -> None:
    def take_away() -> None:
        soon = timezone.now() + timedelta(minutes=5)
        Event.objects.update(lease_until=soon)
        sleep(1.1)  # a lease is as good as new for a second

    handler("first", UPDATED, then=take_away)
    second = handler("second", UPDATED)
    [event] = happen(directory.connection, UPDATED)

    deliver(event.pk)

    event.refresh_from_db()
    assert second == []
    assert event.done_at is None


def test_a_renewed_lease_lasts_longer(event: Event) -> None:
    held = claim(event.pk)
    assert held is not None and held.lease_until is not None
    Event.objects.update(lease_until=held.lease_until - timedelta(seconds=30))
    held.refresh_from_db()
    before = held.lease_until

    assert renew(held)

    event.refresh_from_db()
    assert event.lease_until == held.lease_until
    assert before is not None
    assert held.lease_until > before


@pytest.mark.django_db(transaction=True)
def test_of_two_threads_one_delivers() -> None:
    directory = connect(people.acme().workspace)
    notes = handler("slow", UPDATED, then=lambda: sleep(0.05))
    events = [event for _ in range(10) for event in happen(directory.connection, UPDATED)]
    together = Barrier(2)

    def deliver_all() -> None:
        for event in events:
            together.wait()
            deliver(event.pk)
        database.close()

    with ThreadPoolExecutor(2) as pool:
        for finished in [pool.submit(deliver_all), pool.submit(deliver_all)]:
            finished.result()

    assert len(notes) == len(events)
    assert not Event.objects.filter(done_at=None).exists()
