"""Record events in the transaction that they tell of, and see to their delivery after it.

Must not know how they are delivered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from scim_provisioning.correlation import current_correlation_id, new_correlation_id
from scim_provisioning.models import Connection, Event
from scim_provisioning.outbox.events import EventName, Subject
from scim_provisioning.outbox.nudges import nudge
from scim_provisioning.outbox.registry import handlers_of
from scim_provisioning.outbox.signals import event_recorded


def record(
    connection: Connection,
    names: Sequence[EventName],
    subject: Subject,
    *,
    correlation_id: str = "",
    more: Mapping[str, Any] | None = None,
) -> None:
    """Write events about one subject, in this order; one statement, inside the transaction.

    What nobody handles is done as it is written.
    """
    if not names:
        return
    now = timezone.now()
    events = [
        Event(
            connection_id=connection.pk,
            name=name.value,
            key=subject.key,
            payload={**subject.ids, **(more or {})},
            correlation_id=correlation_id or current_correlation_id() or new_correlation_id(),
            created_at=now,
            available_at=now,
            done_at=None if handlers_of(name, connection) else now,
        )
        for name in names
    ]
    Event.objects.bulk_create(events)
    for event in events:
        event_recorded.send(sender=Event, event=event)
    for event in events:
        if event.done_at is None:
            _nudge_after_commit(event)


def _nudge_after_commit(event: Event) -> None:
    # Robust: the change is durable, and nothing about its effects may undo the answer.
    transaction.on_commit(lambda: nudge(event.pk), robust=True)
