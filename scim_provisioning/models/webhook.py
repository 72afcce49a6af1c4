"""A workspace's webhook, and what came of each event that was sent to it.

Must not know what is sent, nor how. Must not hold anything of what a receiver answers but its
status.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scim_provisioning.models.boundaries import SameWorkspace
from scim_provisioning.models.connection import Connection
from scim_provisioning.models.outbox import Event


class Webhook(models.Model):
    """Where the events of a connection are sent, and the key that signs them."""

    connection = models.OneToOneField(
        Connection,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="webhook",
        db_column="workspace_id",
    )
    url = models.CharField(_("URL"), max_length=500)
    key_id = models.CharField(_("key id"), max_length=16)
    private_key = models.TextField(editable=False)
    """PEM, encrypted (webhooks/keys.py)."""
    public_key = models.JSONField(_("public key"))
    """JWK. Kept beside the private one: anybody may ask for this, and no secret is read for it."""
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    down_since = models.DateTimeField(_("down since"), null=True, blank=True)
    rests_until = models.DateTimeField(_("not tried before"), null=True, blank=True)
    tested_at = models.DateTimeField(_("tested at"), null=True, blank=True)
    test_status = models.PositiveSmallIntegerField(_("status of the test"), default=0)
    test_error = models.CharField(_("error of the test"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.url

    def is_resting(self, now: datetime) -> bool:
        return self.rests_until is not None and now < self.rests_until


class FormerKey(models.Model):
    """A public key that signs no more, and is shown to receivers for a while."""

    webhook = models.ForeignKey(
        Webhook,
        on_delete=models.CASCADE,
        related_name="former_keys",
        db_column="workspace_id",
        db_index=False,
    )
    key_id = models.CharField(_("key id"), max_length=16)
    public_key = models.JSONField(_("public key"))
    leaves_at = models.DateTimeField(_("leaves at"))

    class Meta:
        verbose_name = _("former key of a webhook")
        verbose_name_plural = _("former keys of webhooks")
        constraints = [
            models.UniqueConstraint(fields=["webhook", "key_id"], name="scim_former_key_once"),
        ]

    def __str__(self) -> str:
        return self.key_id


class WebhookAttempt(models.Model):
    """How often an event met one outcome, and when last: an outage of days is one row.

    Gone with its event, and so kept as long as the event's deliveries.
    """

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="webhook_attempts", db_constraint=False
    )
    connection = models.ForeignKey(
        Connection,
        on_delete=models.CASCADE,
        related_name="webhook_attempts",
        db_column="workspace_id",
        db_index=False,
    )
    status = models.PositiveSmallIntegerField(_("status"), default=0)
    """Of the answer; 0 if there was none."""
    error = models.CharField(_("error"), max_length=64, blank=True)
    count = models.PositiveIntegerField(_("count"), default=0)
    first_at = models.DateTimeField(_("first at"), default=timezone.now)
    last_at = models.DateTimeField(_("last at"), default=timezone.now)

    if TYPE_CHECKING:
        event_id: int
        connection_id: Any

    class Meta:
        verbose_name = _("webhook attempt")
        verbose_name_plural = _("webhook attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "event", "status", "error"], name="scim_webhook_outcome"
            ),
            SameWorkspace(field="event", name="scim_webhook_event"),
        ]
        indexes = [
            models.Index(fields=["connection", "-last_at"], name="scim_webhook_log"),
        ]

    def __str__(self) -> str:
        return f"{self.status or self.error}"
