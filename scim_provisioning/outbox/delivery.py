"""Deliver events: each handler once it is its turn, again until it is done.

Must not know what any handler does, nor who started the delivery.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from scim_provisioning.correlation import correlated
from scim_provisioning.models import Connection, Delivery, Event
from scim_provisioning.models.outbox import due_events, open_events
from scim_provisioning.outbox.leases import claim, release, renew
from scim_provisioning.outbox.outages import describe, is_outage
from scim_provisioning.outbox.registry import find_handler, handlers_of
from scim_provisioning.outbox.signals import event_delivered

logger = logging.getLogger("scim_provisioning")

MOST_ATTEMPTS = 20
LONGEST_PAUSE = timedelta(hours=1)
OUTAGE_PAUSE = timedelta(seconds=15)


def deliver(event_id: int) -> None:
    """Run what is left to do of an event, then of those that waited for it.

    Does nothing for an event that is done, not due, or in somebody else's hands.
    """
    following: int | None = event_id
    while following is not None:
        following = _deliver_one(following)


def sweep(*, until: datetime | None = None) -> int:
    """Deliver what is due now, what has waited longest first; returns how many events were.

    Begins no more after `until`, and leaves the rest to the next sweep.
    """
    now = timezone.now()
    due = due_events(now).order_by("available_at", "pk")
    swept = 0
    for event_id in list(due.values_list("pk", flat=True)):
        if until is not None and timezone.now() > until:
            break
        deliver(event_id)
        swept += 1
    return swept


@transaction.atomic
def replay(event: Event) -> None:
    """Take a parked event up again, with all its attempts before it."""
    parked = event.deliveries.filter(state=Delivery.State.PARKED)
    parked.update(state=Delivery.State.OPEN, attempts=0)
    Event.objects.filter(pk=event.pk).exclude(parked_at=None).update(
        parked_at=None, available_at=timezone.now()
    )


def pause(attempts: int) -> timedelta:
    """Choose how long to wait after so many attempts: doubled each time, an hour at most."""
    return min(timedelta(seconds=2 ** (attempts - 1)), LONGEST_PAUSE)


def _deliver_one(event_id: int) -> int | None:
    """Deliver one event; returns the next of its key if that may be due now."""
    event = claim(event_id)
    if event is None:
        return None
    with correlated(event.correlation_id):
        waiting = _held_up(event)
        deliveries = _deliveries(event)
        for delivery in deliveries:
            if delivery.state != Delivery.State.OPEN or delivery.handler in waiting:
                continue
            if not renew(event):
                return None
            _attempt(event, delivery)
        return _settle(event, deliveries)


def _held_up(event: Event) -> set[str]:
    """Name the handlers that have yet to finish an earlier event of the same key."""
    earlier = _of_same_key(event).filter(pk__lt=event.pk).prefetch_related("deliveries")
    return {label for each in earlier for label in _unfinished(each, event.connection)}


def _unfinished(event: Event, connection: Connection) -> set[str]:
    states = {each.handler: each.state for each in event.deliveries.all()}
    labels = states.keys() | handlers_of(event.name, connection).keys()
    return {label for label in labels if states.get(label) in {None, Delivery.State.OPEN}}


def _of_same_key(event: Event) -> QuerySet[Event]:
    same_key = open_events().filter(connection_id=event.connection_id, key=event.key)
    return same_key.order_by("pk")


def _deliveries(event: Event) -> list[Delivery]:
    """List what each handler has made of an event; the first time, writes a row for each."""
    known = list(event.deliveries.order_by("pk"))
    labels = {each.handler for each in known}
    new = [
        Delivery(event=event, connection_id=event.connection_id, handler=label)
        for label in handlers_of(event.name, event.connection)
        if label not in labels
    ]
    return [*known, *Delivery.objects.bulk_create(new)]


def _attempt(event: Event, delivery: Delivery) -> None:
    """Call one handler and write down what came of it.

    The attempt is counted before it is made: one that takes the process with it is counted too.
    """
    before = delivery.attempts
    delivery.attempts += 1
    delivery.started_at = timezone.now()
    delivery.save(update_fields=["attempts", "started_at"])
    try:
        _handle(event, delivery)
    except Exception as problem:  # the last resort of one handler: the others go on
        _note_failure(delivery, problem, attempts_before=before)
    else:
        delivery.state = Delivery.State.DONE
        delivery.error = ""
        delivery.done_at = timezone.now()
    delivery.save(update_fields=["state", "attempts", "error", "done_at"])


def _handle(event: Event, delivery: Delivery) -> None:
    handler = find_handler(event.name, delivery.handler)
    if handler is None:
        raise LookupError("This handler is not installed.")
    handler(event)


def _note_failure(delivery: Delivery, problem: Exception, *, attempts_before: int) -> None:
    delivery.error = describe(problem)
    if is_outage(problem):
        delivery.attempts = attempts_before
        logger.warning("%s waits: %s", delivery.handler, delivery.error)
        return
    if delivery.attempts >= MOST_ATTEMPTS:
        delivery.state = Delivery.State.PARKED
    logger.error(
        "%s failed, attempt %d: %s",
        delivery.handler,
        delivery.attempts,
        delivery.state,
        exc_info=problem,
    )


def _settle(event: Event, deliveries: Collection[Delivery]) -> int | None:
    """End the lease, and say what became of the event; returns the next one of its key."""
    now = timezone.now()
    open_ones = [each for each in deliveries if each.state == Delivery.State.OPEN]
    if open_ones:
        release(event, available_at=now + min(map(_pause_of, open_ones)))
        return None
    if any(each.state == Delivery.State.PARKED for each in deliveries):
        release(event, parked_at=now)
    elif release(event, done_at=now):
        event.done_at = now
        event_delivered.send_robust(sender=Event, event=event)
    return _bring_forward(event)


def _pause_of(delivery: Delivery) -> timedelta:
    """Choose how long to wait after a failure, an outage, or for an earlier event."""
    return pause(delivery.attempts) if delivery.attempts else OUTAGE_PAUSE


def _bring_forward(event: Event) -> int | None:
    """Make the next event of the key due, since it may have waited for this one."""
    following = _of_same_key(event).filter(pk__gt=event.pk).first()
    if following is None:
        return None
    now = timezone.now()
    Event.objects.filter(pk=following.pk, available_at__gt=now).update(available_at=now)
    return following.pk
