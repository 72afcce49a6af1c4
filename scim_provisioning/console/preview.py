"""What enabling will do, told before it is done.

Must not change anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scim_provisioning.adapters import registry
from scim_provisioning.earlier_groups import is_reserved
from scim_provisioning.models import Connection, GroupLink

_GROUPS_NAMED = 20
_UNMANAGED_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierGroup:
    name: str
    is_reserved: bool
    """Its name may give rights, so no directory takes it over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    people: int
    """Members whom a directory will find here under their address."""
    unmanaged: Sequence[tuple[str, str]]
    """Names with the reason; the first of them."""
    unmanaged_count: int
    groups: Sequence[EarlierGroup]
    """The groups that are there already; the first of them."""
    group_count: int
    seats_left: int | None


def preview(workspace: Any) -> Preview:
    """Look at a workspace that is not connected; counts, and no more names than a page can hold."""
    connection = Connection(workspace=workspace)
    groups = registry.group_adapter().queryset(connection)
    unmanaged = registry.workspace_adapter().unmanaged(workspace)
    return Preview(
        people=registry.user_adapter().queryset(connection).count(),
        unmanaged=unmanaged[:_UNMANAGED_NAMED],
        unmanaged_count=len(unmanaged),
        groups=[_earlier(group, connection) for group in groups.order_by("pk")[:_GROUPS_NAMED]],
        group_count=groups.count(),
        seats_left=registry.workspace_adapter().seats_left(workspace),
    )


def _earlier(group: Any, connection: Connection) -> EarlierGroup:
    link = GroupLink(connection=connection)
    name = registry.group_adapter()(group, link=link).read()["displayName"]
    return EarlierGroup(name=name, is_reserved=is_reserved(name))
