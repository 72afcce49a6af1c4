"""Links of groups: made, refreshed, ended, and begun again.

Must not know how a directory's own writes are made.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from scim_provisioning.adapters import registry
from scim_provisioning.links.following import connection_to_follow, follow, yield_names
from scim_provisioning.models import Connection, GroupLink
from scim_provisioning.protocol.keys import index_key

_COLUMNS = (
    "scim_id",
    "display_name",
    "display_name_key",
    "external_id",
    "role",
    "version",
    "created_at",
    "last_modified",
    "managed_since",
    "deleted_at",
)


def groups_changed(
    workspace_id: Any,
    group_ids: Collection[Any] | None = None,
    *,
    member_ids: Collection[Any] | None = None,
) -> None:
    """Make the links of these groups (None: all) show what the product says now.

    `member_ids` says who came or went when nothing else changed: of somebody whom the directory
    can't see it sees no change.

    New groups get a link, and each that is named a new version, for its members may be others;
    of all of them only those with another name. Does nothing in a workspace without a connection.
    """
    connection = connection_to_follow(workspace_id, "groups")
    if connection is None or not _can_see(connection, member_ids):
        return
    groups = registry.group_adapter().queryset(connection)
    if group_ids is not None:
        groups = groups.filter(pk__in=list(group_ids))
    are_named = group_ids is not None
    with transaction.atomic():
        _forget(connection, groups, group_ids)
        in_order = groups.order_by("pk").iterator()
        follow(in_order, lambda chunk: _refresh(connection, chunk, are_named=are_named))


def _can_see(connection: Connection, member_ids: Collection[Any] | None) -> bool:
    if member_ids is None:
        return True
    return registry.user_adapter().queryset(connection).filter(pk__in=list(member_ids)).exists()


def _refresh(connection: Connection, groups: Sequence[Any], *, are_named: bool) -> None:
    stored = {link.group_id: link for link in connection.group_links.filter(group__in=groups)}
    links = []
    for group in groups:
        link = stored.get(group.pk) or GroupLink(connection=connection)
        link.group = group
        before = (link.display_name, link.deleted_at)
        if link.deleted_at:
            _begin_again(link)
        link.display_name = registry.group_adapter()(group, link=link).read()["displayName"]
        link.display_name_key = index_key(link.display_name)
        if are_named or before != (link.display_name, None):
            links.append(link)
    yield_names(links, connection.group_links, key="display_name_key")
    _write(links)


def _write(links: list[GroupLink]) -> None:
    now = timezone.now()
    known = [link for link in links if link.pk]
    for link in links:
        # What was never changed was modified when it was created (RFC 7643 §3.1).
        link.last_modified = now if link.pk else link.created_at
    for link in known:
        link.version = F("version") + 1
    GroupLink.objects.bulk_update(known, _COLUMNS, batch_size=200)
    GroupLink.objects.bulk_create(link for link in links if not link.pk)


def _forget(
    connection: Connection, groups: QuerySet[Any], group_ids: Collection[Any] | None
) -> None:
    """End the links of groups that the product has put away."""
    links = connection.group_links.filter(deleted_at=None)
    if group_ids is not None:
        links = links.filter(group__in=list(group_ids))
    links.exclude(group__in=groups.values("pk")).update(deleted_at=timezone.now())


def _begin_again(link: GroupLink) -> None:
    """Give a group that the product has brought back a new id, as nobody manages it."""
    link.scim_id = uuid4()
    link.external_id = link.role = ""
    link.created_at = timezone.now()
    link.managed_since = link.deleted_at = None
