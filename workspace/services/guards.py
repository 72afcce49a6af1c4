"""Row locks, and the rules that hold only under them; must not write."""

from __future__ import annotations

from workspace import selectors
from workspace.errors import LastOwner, NotAllowed, SeatLimitReached
from workspace.models import Group, Member, Workspace


def lock_workspace(workspace_id: int) -> Workspace:
    """Queue behind everyone else who counts this workspace's seats or owners."""
    return Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id)


def lock_member(member: Member) -> None:
    """Lock the row and bring the caller's object up to date."""
    member.refresh_from_db(from_queryset=Member.objects.select_for_update(no_key=True))


def lock_group(group: Group) -> None:
    """Lock the row and bring the caller's object up to date."""
    group.refresh_from_db(from_queryset=Group.objects.select_for_update(no_key=True))


def require_seat(workspace: Workspace) -> None:
    """Raise SeatLimitReached unless one more person fits. The workspace must be locked."""
    limit = workspace.seat_limit
    if limit is not None and selectors.seats_taken(workspace) >= limit:
        raise SeatLimitReached


def require_other_owner(member: Member) -> None:
    """Raise LastOwner when the member is it. The workspace must be locked."""
    if not member.is_owner or member.status != Member.Status.ACTIVE:
        return
    if not selectors.active_owners(member.workspace).exclude(pk=member.pk).exists():
        raise LastOwner


def require_administrator(by: Member, *, workspace_id: int) -> None:
    """Raise NotAllowed unless `by` may manage the workspace."""
    is_active = by.status == Member.Status.ACTIVE
    if by.workspace_id != workspace_id or not is_active or not by.is_administrator:
        raise NotAllowed


def require_authority_over(member: Member, *, by: Member) -> None:
    """Raise NotAllowed unless `by` may manage this person: administrators are the owner's."""
    require_administrator(by, workspace_id=member.workspace_id)
    if member.is_administrator and not by.is_owner:
        raise NotAllowed("Only an owner may do this to an administrator.")
