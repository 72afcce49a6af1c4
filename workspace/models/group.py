"""Groups of members; must not know who else keeps them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from workspace.models.boundaries import SameWorkspace
from workspace.models.member import Member
from workspace.names import NAME_LENGTH


class Group(models.Model):
    workspace = models.ForeignKey(
        "workspace.Workspace", on_delete=models.CASCADE, related_name="groups"
    )
    name = models.CharField(max_length=NAME_LENGTH)
    name_key = models.CharField(max_length=NAME_LENGTH, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    members = models.ManyToManyField(
        Member, through="workspace.GroupMembership", related_name="groups"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name_key"],
                condition=Q(archived_at__isnull=True),
                name="group_name_once",
            ),
            models.UniqueConstraint(fields=["workspace", "id"], name="group_workspace_id"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMembership(models.Model):
    workspace = models.ForeignKey(
        "workspace.Workspace", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="memberships", db_constraint=False
    )
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="group_memberships", db_constraint=False
    )
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "group", "member"], name="group_member_once"
            ),
            SameWorkspace(field="group", name="membership_of_group"),
            SameWorkspace(field="member", name="membership_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}:{self.member_id}"
