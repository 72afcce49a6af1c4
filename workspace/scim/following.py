"""What the product tells the app, and what a directory locks; must not write."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from scim_provisioning.links import groups_changed, members_changed
from scim_provisioning.models import GroupLink, UserLink
from workspace import locks, signals
from workspace.models import Workspace
from workspace.scim.workspaces import WorkspaceAdapter


def connect() -> None:
    """Hear what the product changes, and lock what a directory manages."""
    signals.members_changed.connect(_follow_members, dispatch_uid="scim")
    signals.groups_changed.connect(_follow_groups, dispatch_uid="scim")
    locks.register_member_lock(managed_members)
    locks.register_group_lock(managed_groups)


def managed_members(workspace: Workspace, ids: Collection[int]) -> dict[int, str]:
    """Tell which members a directory manages, each with the reason to show."""
    if WorkspaceAdapter.unavailable_reason(workspace):
        return {}
    managed = UserLink.objects.filter(
        connection_id=workspace.pk,
        connection__enabled_at__isnull=False,
        connection__disabled_at=None,
        managed_since__isnull=False,
        deleted_at=None,
        member__in=ids,
    ).values_list("member_id", flat=True)
    reason = "Your company's directory manages this person; change the name and e-mail there."
    return dict.fromkeys(managed, reason)


def managed_groups(workspace: Workspace, ids: Collection[int]) -> dict[int, str]:
    """Tell which groups are not to be edited by hand, each with the reason to show.

    A group that gives a role stays locked while provisioning is off: who joined it by hand would
    have the role as soon as the directory writes again.
    """
    links = GroupLink.objects.filter(
        connection_id=workspace.pk, managed_since__isnull=False, deleted_at=None, group__in=ids
    )
    tied = links.exclude(role="").values_list("group_id", flat=True)
    reasons = dict.fromkeys(tied, "This group gives its members a role; an owner can untie it.")
    if WorkspaceAdapter.unavailable_reason(workspace):
        return reasons
    managed = links.filter(
        connection__enabled_at__isnull=False, connection__disabled_at=None
    ).values_list("group_id", flat=True)
    return reasons | dict.fromkeys(
        managed, "Your company's directory manages this group; change it there."
    )


def _follow_members(workspace_id: int, member_ids: Collection[int], **_: Any) -> None:
    members_changed(workspace_id, member_ids)


def _follow_groups(
    workspace_id: int,
    group_ids: Collection[int],
    member_ids: Collection[int] | None = None,
    **_: Any,
) -> None:
    groups_changed(workspace_id, group_ids, member_ids=member_ids)
