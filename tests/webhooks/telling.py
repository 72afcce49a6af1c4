"""Let something happen that a webhook tells, and have it told.

Must not know what a test is about.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from scim_provisioning.models import Connection, Delivery, Event, Webhook
from scim_provisioning.outbox import EventName
from tests.outbox.happening import BEN, deliver_now, happen

LABEL = "scim_provisioning.webhook"


@dataclass(slots=True)
class Names:
    """Host names and the addresses they have, one look-up after the other."""

    addresses: dict[str, list[str]] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)

    def address(self, host: str) -> str:
        self.looked_up.append(host)
        left = self.addresses.get(host, [host])
        return left.pop(0) if len(left) > 1 else left[0]


def tell(
    connection: Connection, name: EventName = EventName.MEMBER_UPDATED, *, to: UUID = BEN
) -> Event:
    """Let something happen to somebody, and deliver it once."""
    connection = Connection.objects.get(pk=connection.pk)
    [event] = happen(connection, name, to=to)
    deliver_now(event)
    return event


def tell_again(event: Event) -> Event:
    """Let every pause pass, that of the receiver too."""
    Webhook.objects.update(rests_until=None)
    deliver_now(event)
    return event


def tell_everything() -> None:
    """Deliver what has happened so far."""
    for event in Event.objects.filter(done_at=None).order_by("pk"):
        deliver_now(event)


def down_for(webhook: Webhook, **time: float) -> None:
    """Let a receiver have been down for so long."""
    webhook.down_since = timezone.now() - timedelta(**time)
    webhook.save(update_fields=["down_since"])


def delivery(event: Event) -> Delivery:
    return event.deliveries.get(handler=LABEL)
