"""Who else owns a member's or a group's record: a registry the outside fills.

Must not know who registers. A lock refuses edits by hand; services that serve the owner of the
record never ask it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from workspace.errors import Locked
from workspace.models import Group, Member, Workspace

# Given a workspace and ids, returns a sentence of reason for each id that is locked.
Lock = Callable[[Workspace, Collection[int]], dict[int, str]]

_member_locks: list[Lock] = []
_group_locks: list[Lock] = []


def register_member_lock(lock: Lock) -> Lock:
    """Add a lock once; usable as a decorator."""
    return _register(_member_locks, lock)


def register_group_lock(lock: Lock) -> Lock:
    """Add a lock once; usable as a decorator."""
    return _register(_group_locks, lock)


def member_locks(workspace: Workspace, ids: Collection[int]) -> dict[int, str]:
    """Return the reason for each locked member."""
    return _reasons(_member_locks, workspace, ids)


def group_locks(workspace: Workspace, ids: Collection[int]) -> dict[int, str]:
    """Return the reason for each locked group."""
    return _reasons(_group_locks, workspace, ids)


def refuse_locked_member(member: Member) -> None:
    """Raise Locked when something outside owns the member's record."""
    for reason in member_locks(member.workspace, [member.pk]).values():
        raise Locked(reason)


def refuse_locked_group(group: Group) -> None:
    """Raise Locked when something outside owns the group."""
    for reason in group_locks(group.workspace, [group.pk]).values():
        raise Locked(reason)


def _register(locks: list[Lock], lock: Lock) -> Lock:
    if lock not in locks:
        locks.append(lock)
    return lock


def _reasons(locks: list[Lock], workspace: Workspace, ids: Collection[int]) -> dict[int, str]:
    return {key: reason for lock in locks for key, reason in lock(workspace, ids).items()}
