"""Bearer tokens, as digests.

Must not know how a token is made or checked.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from scim_provisioning.models.connection import Connection


class Token(models.Model):
    """A credential of one connection; the secret itself is never stored."""

    connection = models.ForeignKey(
        Connection,
        on_delete=models.CASCADE,
        related_name="tokens",
        db_column="workspace_id",
        db_index=False,
    )
    key_id = models.CharField(_("key id"), max_length=8, editable=False)
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    label = models.CharField(_("label"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("created by"),
    )
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    last_used_from = models.GenericIPAddressField(_("last used from"), null=True, blank=True)
    last_used_by = models.CharField(_("last used by"), max_length=200, blank=True)
    """The client's User-Agent."""

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        constraints = [
            models.UniqueConstraint(fields=["connection", "id"], name="scim_token_row"),
            models.UniqueConstraint(fields=["connection", "key_id"], name="scim_token_once"),
        ]

    def __str__(self) -> str:
        return f"scim_{self.key_id}…"

    def is_live(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
