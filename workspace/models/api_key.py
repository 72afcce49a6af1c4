"""Personal API keys, kept as digests; must not know the key's text."""

from __future__ import annotations

from django.db import models
from django.utils.timezone import now

from workspace.models.boundaries import SameWorkspace
from workspace.models.member import Member


class ApiKey(models.Model):
    workspace = models.ForeignKey(
        "workspace.Workspace", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="api_keys", db_constraint=False
    )
    label = models.CharField(max_length=100)
    prefix = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "digest"], name="api_key_once"),
            SameWorkspace(field="member", name="api_key_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.prefix}…)"
