"""A person in a workspace; must not know which directory, if any, keeps the record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from workspace.names import EMAIL_LENGTH, NAME_LENGTH
from workspace.timezones import DEFAULT_TIMEZONE


class Member(models.Model):
    """One person's place in one workspace, kept for ever so that history keeps its author."""

    class Role(models.TextChoices):
        OWNER = "OWNER", "Owner"
        ADMIN = "ADMIN", "Admin"
        MANAGER = "MANAGER", "Manager"
        MEMBER = "MEMBER", "Member"

    class Status(models.TextChoices):
        PENDING = "PENDING", "Invited"
        ACTIVE = "ACTIVE", "Active"
        INACTIVE = "INACTIVE", "Inactive"

    class TimezoneSource(models.TextChoices):
        NOBODY = "", "Nobody"
        DIRECTORY = "DIRECTORY", "Directory"
        PERSON = "PERSON", "Person"

    workspace = models.ForeignKey(
        "workspace.Workspace", on_delete=models.CASCADE, related_name="members"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(max_length=16, choices=Role, default=Role.MEMBER)
    status = models.CharField(max_length=16, choices=Status, default=Status.ACTIVE)
    name = models.CharField(max_length=NAME_LENGTH)
    email = models.CharField(max_length=EMAIL_LENGTH, blank=True, default="")
    email_key = models.CharField(max_length=EMAIL_LENGTH, blank=True, default="")
    is_kiosk = models.BooleanField(
        default=False, help_text="Clocks in at a shared kiosk: no address, no account, no seat."
    )
    timezone = models.CharField(max_length=64, default=DEFAULT_TIMEZONE)
    timezone_set_by = models.CharField(
        max_length=16, choices=TimezoneSource, blank=True, default=TimezoneSource.NOBODY
    )
    directory_timezone = models.CharField(
        max_length=64,
        blank=True,
        default="",
        help_text="What the directory last said, also while the person's own stands.",
    )
    blocked_at = models.DateTimeField(
        null=True, blank=True, help_text="Deactivated by an administrator, by hand."
    )
    suspended_at = models.DateTimeField(
        null=True, blank=True, help_text="Deactivated by the directory."
    )
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="member_user_once"),
            models.UniqueConstraint(
                fields=["workspace", "email_key"],
                condition=~Q(email_key=""),
                name="member_email_once",
            ),
            models.UniqueConstraint(fields=["workspace", "id"], name="member_workspace_id"),
            models.CheckConstraint(
                condition=Q(status="INACTIVE", blocked_at__isnull=False)
                | Q(status="INACTIVE", suspended_at__isnull=False)
                | (
                    Q(blocked_at__isnull=True, suspended_at__isnull=True)
                    & Q(status__in=["PENDING", "ACTIVE"])
                ),
                name="member_inactive_when_deactivated",
            ),
            models.CheckConstraint(
                condition=Q(is_kiosk=False) | Q(email="", user__isnull=True),
                name="member_kiosk_has_no_address",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "status"], name="member_status"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def awaits_acceptance(self) -> bool:
        """Was invited, and has not linked an account yet."""
        return bool(self.email) and self.user_id is None

    def derived_status(self) -> Status:
        """Return the status the other columns demand; only the services store it."""
        if self.blocked_at or self.suspended_at:
            return self.Status.INACTIVE
        if self.awaits_acceptance:
            return self.Status.PENDING
        return self.Status.ACTIVE

    @property
    def is_owner(self) -> bool:
        return self.role == self.Role.OWNER

    @property
    def is_administrator(self) -> bool:
        return self.role in {self.Role.OWNER, self.Role.ADMIN}
