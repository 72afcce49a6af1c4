"""Keep links in step with the product: one per member and group that a directory may see.

The host says what changed (`members_changed`, `groups_changed`); set-based, whoever changed it.
Must not know how a directory's own writes are made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from scim_provisioning import comparables
from scim_provisioning.adapters import Document, registry
from scim_provisioning.models import Connection, GroupLink, UserLink, UserValue
from scim_provisioning.protocol.keys import index_key

_CHUNK = 1000
_ATTEMPTS = 3
_written_here: ContextVar[frozenset[str]] = ContextVar("scim_written_here", default=frozenset())
_GROUP_COLUMNS = (
    "scim_id",
    "display_name",
    "display_name_key",
    "external_id",
    "version",
    "created_at",
    "last_modified",
    "managed_since",
    "deleted_at",
)
_USER_COLUMNS = ("user_name", "user_name_key", "display_name_key", "comparable", "last_modified")


@contextmanager
def own_write(kind: Literal["members", "groups"]) -> Iterator[None]:
    """Ignore what the host says of these while an operation writes both sides itself."""
    previous = _written_here.set(_written_here.get() | {kind})
    try:
        yield
    finally:
        _written_here.reset(previous)


@transaction.atomic
def members_changed(workspace_id: Any, member_ids: Collection[Any] | None = None) -> None:
    """Make the links of these members (None: all) show what the product says now.

    New members get a link, changed ones a new lastModified. What a directory manages keeps the
    directory's own attributes. Does nothing in a workspace without a connection.
    """
    connection = _connection_to_follow(workspace_id, "members")
    if connection is None:
        return
    members = registry.user_adapter().queryset(connection)
    if member_ids is not None:
        members = members.filter(pk__in=list(member_ids))
    for chunk in _chunks(members.iterator(chunk_size=_CHUNK)):
        _with_retries(lambda: _refresh_users(connection, chunk))  # noqa: B023  # called at once


@transaction.atomic
def groups_changed(workspace_id: Any, group_ids: Collection[Any] | None = None) -> None:
    """Make the links of these groups (None: all) show what the product says now.

    New groups get a link, the others a new version. Does nothing in a workspace without a
    connection.
    """
    connection = _connection_to_follow(workspace_id, "groups")
    if connection is None:
        return
    groups = registry.group_adapter().queryset(connection)
    if group_ids is not None:
        groups = groups.filter(pk__in=list(group_ids))
    _forget_groups(connection, groups, group_ids)
    for chunk in _chunks(groups.iterator(chunk_size=_CHUNK)):
        _with_retries(lambda: _refresh_groups(connection, chunk))  # noqa: B023  # called at once


def describe_user(link: UserLink, document: Document) -> list[UserValue]:
    """Set a link's comparison columns from a document; returns the unsaved rows of its values."""
    link.user_name = document["userName"]
    link.user_name_key = index_key(link.user_name)
    link.external_id = document.get("externalId", "")
    link.display_name_key = index_key(document.get("displayName", ""))
    link.comparable = comparables.singles(document)
    return [
        UserValue(
            connection_id=link.connection_id,
            link=link,
            attribute=value.attribute,
            value_key=value.value_key,
            comparable=value.comparable,
        )
        for value in comparables.values(document)
    ]


def _connection_to_follow(workspace_id: Any, kind: str) -> Connection | None:
    if kind in _written_here.get():
        return None
    return Connection.objects.filter(pk=workspace_id).first()


def _with_retries(refresh: Callable[[], None]) -> None:
    """Refresh again when a directory has taken one of the names in the meantime.

    The product's own change must not fail because of it.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return refresh()
        except IntegrityError:
            if attempt == _ATTEMPTS:
                raise


def _refresh_users(connection: Connection, members: list[Any]) -> None:
    adapter = registry.user_adapter()
    stored = {
        link.member_id: link
        for link in connection.user_links.filter(member__in=[member.pk for member in members])
    }
    new: list[UserLink] = []
    kept: list[UserLink] = []
    values: list[UserValue] = []
    now = timezone.now()
    for member in members:
        link = stored.get(member.pk)
        if link is None:
            link = UserLink(connection=connection, member=member)
            new.append(link)
        elif link.deleted_at is None:
            kept.append(link)
        else:
            continue
        values += describe_user(link, adapter(member, link=link).to_dict())
        link.last_modified = now
    _yield_names([link for link in (*new, *kept) if not link.is_managed], connection)
    UserLink.objects.bulk_create(new)
    UserLink.objects.bulk_update(kept, _USER_COLUMNS, batch_size=200)
    if kept:
        UserValue.objects.filter(connection=connection, link__in=kept).delete()
    UserValue.objects.bulk_create(values)


def _yield_names(links: list[UserLink], connection: Connection) -> None:
    """Hide an unmanaged person whose name the directory has given to somebody else."""
    taken = set(
        connection.user_links.filter(
            user_name_key__in=[link.user_name_key for link in links], deleted_at=None
        )
        .exclude(pk__in=[link.pk for link in links if link.pk])
        .values_list("user_name_key", flat=True)
    )
    for link in links:
        if link.user_name_key in taken:
            link.user_name_key = ""
        else:
            taken.add(link.user_name_key)


def _refresh_groups(connection: Connection, groups: list[Any]) -> None:
    adapter = registry.group_adapter()
    now = timezone.now()
    stored = {
        link.group_id: link
        for link in connection.group_links.filter(group__in=[group.pk for group in groups])
    }
    new: list[GroupLink] = []
    kept: list[GroupLink] = []
    for group in groups:
        link = stored.get(group.pk)
        if link is None:
            link = GroupLink(connection=connection, group=group)
            new.append(link)
        else:
            kept.append(link)
        if link.deleted_at:
            _begin_again(link)
        link.display_name = adapter(group, link=link).read()["displayName"]
        link.display_name_key = index_key(link.display_name)
        link.last_modified = now
    _yield_group_names([*new, *kept], connection)
    GroupLink.objects.bulk_create(new)
    for link in kept:
        link.version = F("version") + 1
    GroupLink.objects.bulk_update(kept, _GROUP_COLUMNS, batch_size=200)


def _forget_groups(
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
    link.external_id = ""
    link.deleted_at = None
    link.managed_since = None
    link.created_at = timezone.now()


def _yield_group_names(links: list[GroupLink], connection: Connection) -> None:
    """Hide a group whose name another one of the directory's has."""
    taken = set(
        connection.group_links.filter(
            display_name_key__in=[link.display_name_key for link in links], deleted_at=None
        )
        .exclude(pk__in=[link.pk for link in links if link.pk])
        .values_list("display_name_key", flat=True)
    )
    for link in links:
        if link.display_name_key in taken:
            link.display_name_key = ""
        else:
            taken.add(link.display_name_key)


def _chunks(rows: Iterable[Any]) -> Iterable[list[Any]]:
    chunk: list[Any] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
