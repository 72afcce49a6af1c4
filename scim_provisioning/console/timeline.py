"""What became of each request about one person or group: from the request to its last effect.

Must not know how a delivery works.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from scim_provisioning.console.activity import Deed, Wanted, read
from scim_provisioning.models import Connection, Delivery, Event

_LENGTH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one handler has made of one event."""

    event: str
    handler: str
    """"" for an event that nobody handles."""
    state: str
    """`OPEN`, `DONE` or `PARKED`."""
    attempts: int
    done_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    deed: Deed
    effects: Sequence[Effect]


def timeline(connection: Connection, scim_id: UUID, kind: Literal["user", "group"]) -> list[Moment]:
    """List the last requests, newest first, each with its effects; a handful of queries."""
    deeds = read(connection, Wanted(scim_id=scim_id), count=_LENGTH).deeds
    effects = _effects(connection, f"{kind}:{scim_id}", [deed.correlation_id for deed in deeds])
    return [Moment(deed=deed, effects=effects.get(deed.correlation_id, ())) for deed in deeds]


def _effects(
    connection: Connection, key: str, correlation_ids: Sequence[str]
) -> dict[str, list[Effect]]:
    events = Event.objects.filter(
        connection=connection, key=key, correlation_id__in=correlation_ids
    ).order_by("pk")
    effects: dict[str, list[Effect]] = defaultdict(list)
    for event in events.prefetch_related("deliveries"):
        deliveries = list(event.deliveries.all())
        effects[event.correlation_id] += [_handled(event, delivery) for delivery in deliveries] or [
            _unhandled(event)
        ]
    return effects


def _handled(event: Event, delivery: Delivery) -> Effect:
    return Effect(
        event=event.name,
        handler=short(delivery.handler),
        state=delivery.state,
        attempts=delivery.attempts,
        done_at=delivery.done_at,
        error=delivery.error,
    )


def _unhandled(event: Event) -> Effect:
    return Effect(
        event=event.name,
        handler="",
        state="DONE" if event.done_at else "OPEN",
        attempts=0,
        done_at=event.done_at,
        error="",
    )


def short(handler: str) -> str:
    """Make words of a handler's dotted name."""
    return handler.rpartition(".")[2].replace("_", " ")
