"""A directory's changes of logins, until the former address has been told; must not know mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from workspace.names import EMAIL_LENGTH


class LoginChange(models.Model):
    """Keeps the former address, which may be all its owner still reads, until it is told."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    old_email = models.CharField(max_length=EMAIL_LENGTH)
    changed_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"Login change {self.pk}"
