"""Invitations to link an account to a member; must not know how mail is sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.timezone import now

from workspace.models.boundaries import SameWorkspace
from workspace.models.member import Member
from workspace.names import EMAIL_LENGTH

LIFETIME = timedelta(days=14)


def default_expiry() -> datetime:
    return now() + LIFETIME


class Invitation(models.Model):
    """One mailed invitation. Its link is signed (workspace/tokens.py), so none is stored."""

    workspace = models.ForeignKey("workspace.Workspace", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="invitations", db_constraint=False
    )
    email = models.CharField(max_length=EMAIL_LENGTH)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(default=default_expiry)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mailing_until = models.DateTimeField(null=True, blank=True)
    """The end of the lease of who mails it; in the past: nobody does."""
    accepted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [SameWorkspace(field="member", name="invitation_of_member")]
        indexes = [
            models.Index(
                fields=["expires_at"],
                name="invitation_unmailed",
                condition=models.Q(mailed_at=None, accepted_at=None, cancelled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    @property
    def is_open(self) -> bool:
        return not self.accepted_at and not self.cancelled_at and now() < self.expires_at
