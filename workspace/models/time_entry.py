"""Tracked time; must not know how a timer is started."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from workspace.models.boundaries import SameWorkspace
from workspace.models.member import Member


class TimeEntry(models.Model):
    """A span of work; a running timer is an entry that has not stopped."""

    workspace = models.ForeignKey("workspace.Workspace", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="time_entries", db_constraint=False
    )
    description = models.CharField(max_length=500, blank=True, default="")
    started_at = models.DateTimeField(default=now)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "member"],
                condition=Q(stopped_at__isnull=True),
                name="time_entry_one_running",
            ),
            SameWorkspace(field="member", name="time_entry_of_member"),
        ]
        verbose_name_plural = "time entries"

    def __str__(self) -> str:
        return self.description or f"Entry {self.pk}"
