"""Let something happen to a member, without a request; see what became of it.

Must not know what a test is about.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from scim_provisioning.models import Connection, Delivery, Event
from scim_provisioning.outbox import EventName, handles
from scim_provisioning.outbox.delivery import deliver
from scim_provisioning.outbox.events import about_member
from scim_provisioning.outbox.recording import record

BEN = UUID("00000000-0000-4000-8000-00000000000b")
MIA = UUID("00000000-0000-4000-8000-00000000000c")


def happen(connection: Connection, *names: EventName, to: UUID = BEN) -> list[Event]:
    """Record events without delivering them; returns them in order."""
    last = Event.objects.order_by("pk").last()
    with transaction.atomic():
        record(connection, names, about_member(to, 1))
        hooks = transaction.get_connection().run_on_commit
        hooks.clear()
    return list(Event.objects.filter(pk__gt=last.pk if last else 0).order_by("pk"))


def handler(label: str, *names: EventName, then: Callable[[], None] | None = None) -> list[str]:
    """Register a handler that notes what it is called with; returns its notes."""
    notes: list[str] = []

    def note(event: Event) -> None:
        notes.append(f"{event.name} {event.payload['scim_id'][-1]}")
        if then is not None:
            then()

    handles(*names, label=label)(note)
    return notes


def come_due(event: Event) -> None:
    """Let the pause before the next attempt pass."""
    Event.objects.filter(pk=event.pk).update(available_at=timezone.now())


def deliver_now(event: Event) -> None:
    come_due(event)
    deliver(event.pk)
    event.refresh_from_db()


def delivery_of(event: Event, label: str) -> Delivery:
    return event.deliveries.get(handler=label)


def seconds_to_wait(event: Event) -> float:
    event.refresh_from_db()
    return (event.available_at - timezone.now()) / timedelta(seconds=1)
