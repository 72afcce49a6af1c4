"""A workspace and the mail domains it has proven to own; must not know its people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from workspace.names import NAME_LENGTH


class Workspace(models.Model):
    class Plan(models.TextChoices):
        FREE = "FREE", "Free"
        BASIC = "BASIC", "Basic"
        STANDARD = "STANDARD", "Standard"
        PRO = "PRO", "Pro"
        ENTERPRISE = "ENTERPRISE", "Enterprise"

    name = models.CharField(max_length=NAME_LENGTH)
    slug = models.SlugField(unique=True)
    plan = models.CharField(max_length=16, choices=Plan, default=Plan.FREE)
    seat_limit = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name


class Domain(models.Model):
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(max_length=253)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="domain_once_a_workspace"),
            # The one rule across workspaces: of all who claim a domain one has proven to own it.
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(verified_at__isnull=False),
                name="domain_verified_by_one_workspace",
            ),
        ]

    def __str__(self) -> str:
        return self.name
