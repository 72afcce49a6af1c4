"""The receipt of a deprovisioning: what was asked when, and when each effect was done.

Made of the journal, the outbox and its deliveries. Must not know how it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from scim_provisioning.models import Connection, Delivery, Event
from scim_provisioning.outbox.events import EventName
from scim_provisioning.outbox.registry import handlers_of

_CUTS = (EventName.MEMBER_DEACTIVATED, EventName.MEMBER_DELETED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    handler: str
    state: str
    """`OPEN`, `DONE` or `PARKED`."""
    attempts: int
    started_at: datetime | None
    """When it was last begun."""
    done_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    scim_id: str
    event: str
    """`member.deactivated` or `member.deleted`."""
    correlation_id: str
    requested_at: datetime
    """When the directory's request came."""
    access_cut_at: datetime
    """When access was cut, in the transaction that answered the request."""
    effects: tuple[Effect, ...]
    completed_at: datetime | None
    """When the last effect was done; None while one is open or parked."""


def receipt(connection: Connection, scim_id: UUID | str) -> Receipt | None:
    """Tell about the last time a person's access was cut; None if it never was. Three queries."""
    event = (
        connection.events.filter(key=f"user:{scim_id}", name__in=_CUTS)
        .order_by("-pk")
        .prefetch_related("deliveries")
        .first()
    )
    if event is None:
        return None
    entry = connection.journal.filter(scim_id=scim_id, correlation_id=event.correlation_id).first()
    return Receipt(
        scim_id=str(scim_id),
        event=event.name,
        correlation_id=event.correlation_id,
        requested_at=entry.occurred_at if entry else event.created_at,
        access_cut_at=event.created_at,
        effects=_effects(event, connection),
        completed_at=event.done_at,
    )


def _effects(event: Event, connection: Connection) -> tuple[Effect, ...]:
    begun = {each.handler: each for each in event.deliveries.all()}
    expected = () if event.done_at else handlers_of(event.name, connection)
    return tuple(
        _effect(begun.get(label) or Delivery(handler=label))
        for label in dict.fromkeys((*begun, *expected))
    )


def _effect(delivery: Delivery) -> Effect:
    return Effect(
        handler=delivery.handler,
        state=delivery.state,
        attempts=delivery.attempts,
        started_at=delivery.started_at,
        done_at=delivery.done_at,
        error=delivery.error,
    )
