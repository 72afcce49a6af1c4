"""The groups as a directory and the product see them, and what an owner can do with them.

Must not know a request or a template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from scim_provisioning import earlier_groups
from scim_provisioning.adapters import registry
from scim_provisioning.console.listing import Listing, listing
from scim_provisioning.models import Connection, GroupLink


class GroupState(StrEnum):
    MANAGED = "managed"
    UNMANAGED = "unmanaged"
    """From before, or made by hand; what becomes of it, the owner has chosen."""
    REMOVED = "removed"
    """The directory has let it go, or it was archived at enabling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    scim_id: UUID
    name: str
    state: GroupState
    members: int
    role: str
    """The role that an owner has tied to it; "" if none."""
    is_reserved: bool
    is_adopted: bool
    """It was there before the directory took it over by its name."""
    managed_since: datetime | None


def list_groups(
    connection: Connection, *, state: GroupState | None, text: str, page: int
) -> Listing[Group]:
    """List groups by name; a page costs two queries, and one to count them."""
    links = _links(connection, state, text)
    return listing(links, page, lambda found: _describe_all(connection, found))


def find_group(connection: Connection, scim_id: UUID) -> GroupLink | None:
    return connection.group_links.select_related("group").filter(scim_id=scim_id).first()


def describe(link: GroupLink, *, members: int | None = None) -> Group:
    """Tell of a group; queries for the members unless their number is given."""
    if members is None:
        members = _member_counts(link.connection, [link.group_id]).get(link.group_id, 0)
    return Group(
        scim_id=link.scim_id,
        name=link.display_name,
        state=_state(link),
        members=members,
        role=link.role,
        is_reserved=earlier_groups.is_reserved(link.display_name),
        is_adopted=link.members_before is not None and link.is_managed,
        managed_since=link.managed_since,
    )


def _describe_all(connection: Connection, links: Sequence[GroupLink]) -> list[Group]:
    members = _member_counts(connection, [link.group_id for link in links])
    return [describe(link, members=members.get(link.group_id, 0)) for link in links]


def _links(connection: Connection, state: GroupState | None, text: str) -> QuerySet[GroupLink]:
    links = connection.group_links.select_related("group").order_by("display_name", "pk")
    if text:
        links = links.filter(display_name__icontains=text)
    if state is GroupState.REMOVED:
        return links.filter(deleted_at__isnull=False)
    if state is None:
        return links
    return links.filter(deleted_at=None, managed_since__isnull=state is GroupState.UNMANAGED)


def _member_counts(connection: Connection, group_ids: Sequence[Any]) -> dict[Any, int]:
    memberships = registry.group_adapter().memberships(connection.pk).filter(group_id__in=group_ids)
    counts = memberships.order_by().values("group_id").annotate(count=Count("member_id"))
    return dict(counts.values_list("group_id", "count"))


def _state(link: GroupLink) -> GroupState:
    if link.deleted_at is not None:
        return GroupState.REMOVED
    return GroupState.MANAGED if link.is_managed else GroupState.UNMANAGED
