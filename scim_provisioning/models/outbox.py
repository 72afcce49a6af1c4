"""The outbox: what has happened, and what each handler has made of it.

Must not hold anything personal: ids only. Must not know how an event is delivered.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scim_provisioning.models.boundaries import SameWorkspace
from scim_provisioning.models.connection import Connection


class Event(models.Model):
    """Something that happened, written in the transaction in which it did.

    Events of one `key` are about one thing; a handler sees them in the order of their ids.
    """

    connection = models.ForeignKey(
        Connection,
        on_delete=models.CASCADE,
        related_name="events",
        db_column="workspace_id",
        db_index=False,
    )
    name = models.CharField(_("event"), max_length=64)
    key = models.CharField(_("about"), max_length=64)
    payload = models.JSONField(_("ids"), default=dict, encoder=DjangoJSONEncoder)
    correlation_id = models.CharField(_("correlation id"), max_length=32, blank=True)
    created_at = models.DateTimeField(_("at"), default=timezone.now)
    available_at = models.DateTimeField(_("next attempt at"), default=timezone.now)
    lease_until = models.DateTimeField(_("being delivered until"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    parked_at = models.DateTimeField(_("parked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(fields=["connection", "id"], name="scim_event_row"),
        ]
        indexes = [
            models.Index(fields=["connection", "key", "id"], name="scim_event_key"),
            models.Index(
                fields=["available_at", "id"],
                condition=Q(done_at=None, parked_at=None),
                name="scim_event_due",
            ),
            models.Index(fields=["done_at"], name="scim_event_done"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"


class Delivery(models.Model):
    """What one handler has made of one event."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("open")
        DONE = "DONE", _("done")
        PARKED = "PARKED", _("parked")

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="deliveries", db_constraint=False
    )
    connection = models.ForeignKey(
        Connection,
        on_delete=models.CASCADE,
        related_name="+",
        db_column="workspace_id",
        db_index=False,
    )
    handler = models.CharField(_("handler"), max_length=200)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("last error"), max_length=200, blank=True)
    started_at = models.DateTimeField(_("last started at"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    if TYPE_CHECKING:
        event_id: int
        connection_id: Any

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "event", "handler"], name="scim_delivery_once"
            ),
            SameWorkspace(field="event", name="scim_delivery_event"),
        ]

    def __str__(self) -> str:
        return f"{self.handler} {self.state}"


def open_events() -> models.QuerySet[Event]:
    """Give the events that are neither done nor parked."""
    return Event.objects.filter(done_at=None, parked_at=None)


def due_events(now: datetime) -> models.QuerySet[Event]:
    """Give the events that may be delivered now, and that nobody is delivering."""
    is_free = Q(lease_until=None) | Q(lease_until__lt=now)
    return open_events().filter(is_free, available_at__lte=now)
