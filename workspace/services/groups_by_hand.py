"""What administrators and managers do to groups by hand; must not edit a locked group."""

from __future__ import annotations

from collections.abc import Collection

from workspace import locks
from workspace.errors import NotAllowed
from workspace.models import Group, Member
from workspace.services import groups
from workspace.services.transactions import service


@service
def create_group(*, name: str, by: Member) -> Group:
    _require_editor(by, workspace_id=by.workspace_id)
    return groups.create_group(workspace=by.workspace, name=name)


@service
def rename_group(*, group: Group, name: str, by: Member) -> None:
    _require_editable(group, by=by)
    groups.rename_group(group=group, name=name)


@service
def archive_group(*, group: Group, by: Member) -> None:
    _require_editable(group, by=by)
    groups.archive_group(group=group)


@service
def restore_group(*, group: Group, by: Member) -> None:
    _require_editable(group, by=by)
    groups.restore_group(group=group)


@service
def add_members(*, group: Group, member_ids: Collection[int], by: Member) -> None:
    _require_editable(group, by=by)
    groups.add_members(group=group, member_ids=member_ids)


@service
def remove_members(*, group: Group, member_ids: Collection[int], by: Member) -> None:
    _require_editable(group, by=by)
    groups.remove_members(group=group, member_ids=member_ids)


def may_edit_groups(member: Member) -> bool:
    """Tell whether the role allows editing groups at all."""
    return member.role != Member.Role.MEMBER and member.status == Member.Status.ACTIVE


def _require_editor(by: Member, *, workspace_id: int) -> None:
    if by.workspace_id != workspace_id or not may_edit_groups(by):
        raise NotAllowed


def _require_editable(group: Group, *, by: Member) -> None:
    _require_editor(by, workspace_id=group.workspace_id)
    locks.refuse_locked_group(group)
