"""What changed, told inside the transaction; must not know who listens."""

from __future__ import annotations

from collections.abc import Sequence

from django.dispatch import Signal

# Keyword arguments: workspace_id: int, member_ids: Sequence[int].
members_changed = Signal()
# Keyword arguments: workspace_id: int, group_ids: Sequence[int], member_ids: Sequence[int] | None
# (who came or went, when nothing else changed).
groups_changed = Signal()


def announce_members(workspace_id: int, member_ids: Sequence[int]) -> None:
    """Tell that members were created or changed in anything a directory shows."""
    if member_ids:
        members_changed.send(sender=None, workspace_id=workspace_id, member_ids=member_ids)


def announce_groups(
    workspace_id: int, group_ids: Sequence[int], *, member_ids: Sequence[int] | None = None
) -> None:
    """Tell that groups were created or changed in name, archival or members.

    `member_ids` says who came or went, when nothing else changed.
    """
    if group_ids:
        groups_changed.send(
            sender=None, workspace_id=workspace_id, group_ids=group_ids, member_ids=member_ids
        )
