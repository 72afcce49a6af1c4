"""The journal: what a directory asked for and what came of it, and what owners decided.

Must not hold secrets or the values of personal attributes: names of attributes only, and of who
decided the key of the account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scim_provisioning.models.boundaries import SameWorkspace
from scim_provisioning.models.connection import Connection
from scim_provisioning.models.indexes import TimeIndex
from scim_provisioning.models.token import Token


class JournalEntry(models.Model):
    """One write, one refused request, or one decision of an owner.

    Requests that bring no live token or exceed the rate limit are counted: one row a minute and
    reason, of the operation `authenticate` or `limit`, with a `tally_key` that finds it again.
    """

    connection = models.ForeignKey(
        Connection,
        on_delete=models.CASCADE,
        related_name="journal",
        db_column="workspace_id",
        db_index=False,
    )
    occurred_at = models.DateTimeField(_("at"), default=timezone.now)
    correlation_id = models.CharField(_("correlation id"), max_length=32)
    token = models.ForeignKey(
        Token,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
    )
    """What the request came with; in a decision, the token that it is about."""
    actor: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        # A directory's rows have none, and need no place in an index: see below.
        db_index=False,
        verbose_name=_("decided by"),
    )
    operation = models.CharField(_("operation"), max_length=16)
    resource_type = models.CharField(_("resource type"), max_length=16)
    scim_id = models.UUIDField(_("SCIM id"), null=True, blank=True)
    status = models.PositiveSmallIntegerField(_("status"))
    scim_type = models.CharField(_("scimType"), max_length=32, blank=True)
    changed = models.JSONField(_("changed attributes"), default=list)
    transitions = models.JSONField(_("transitions"), default=dict)
    """Before and after of status and role: {"status": ["active", "inactive"]}."""
    notes = models.JSONField(_("notes"), default=list)
    user_agent = models.CharField(_("client"), max_length=200, blank=True)
    address = models.GenericIPAddressField(_("from"), null=True, blank=True)
    count = models.PositiveIntegerField(_("count"), default=1)
    tally_key = models.CharField(max_length=40, blank=True, editable=False)

    if TYPE_CHECKING:
        token_id: Any
        actor_id: Any

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "tally_key"],
                condition=~models.Q(tally_key=""),
                name="scim_journal_tally",
            ),
            SameWorkspace(field="token", name="scim_journal_token"),
        ]
        indexes = [
            models.Index(fields=["connection", "-id"], name="scim_journal_order"),
            models.Index(fields=["connection", "scim_id", "-id"], name="scim_journal_resource"),
            models.Index(fields=["connection", "occurred_at"], name="scim_journal_time"),
            # Housekeeping looks for what is old in all workspaces.
            TimeIndex(fields=["occurred_at"], name="scim_journal_age"),
            models.Index(
                fields=["actor"],
                condition=models.Q(actor__isnull=False),
                name="scim_journal_actor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.resource_type} {self.status}"
