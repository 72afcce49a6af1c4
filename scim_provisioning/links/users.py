"""Links of members: made, refreshed, and taken up again.

Must not know how a directory's own writes are made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from scim_provisioning import comparables
from scim_provisioning.adapters import Document, registry
from scim_provisioning.links.following import connection_to_follow, follow, yield_names
from scim_provisioning.models import Connection, UserLink, UserValue
from scim_provisioning.protocol.keys import index_key

_COLUMNS = (
    "scim_id",
    "user_name",
    "user_name_key",
    "external_id",
    "display_name_key",
    "comparable",
    "created_at",
    "last_modified",
    "managed_since",
    "deleted_at",
)
_Shown = tuple[Any, ...]


def members_changed(workspace_id: Any, member_ids: Collection[Any] | None = None) -> None:
    """Make the links of these members (None: all) show what the product says now.

    New members get a link, changed ones a new lastModified. What a directory manages keeps the
    directory's own attributes. Does nothing in a workspace without a connection.
    """
    connection = connection_to_follow(workspace_id, "members")
    if connection is None:
        return
    members = registry.user_adapter().queryset(connection)
    if member_ids is not None:
        members = members.filter(pk__in=list(member_ids))
    with transaction.atomic():
        follow(members.order_by("pk").iterator(), lambda chunk: _refresh(connection, chunk))


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


def _refresh(connection: Connection, members: Sequence[Any]) -> None:
    links = _links_of(connection, members)
    stored = _stored_values(connection, links)
    before = {link.pk: _shown(link, stored[link.pk]) for link in links if link.pk}
    values = {link.member_id: describe_user(link, _document(link)) for link in links}
    unmanaged = [link for link in links if not link.is_managed]
    yield_names(unmanaged, connection.user_links, key="user_name_key")
    changed = [
        link for link in links if before.get(link.pk) != _shown(link, values[link.member_id])
    ]
    _write(connection, changed, values)


def _links_of(connection: Connection, members: Sequence[Any]) -> list[UserLink]:
    """Find or begin the members' links, but for those of people the directory has let go.

    Somebody it has let go who is active again was brought back by hand: nobody manages them.
    """
    stored = {link.member_id: link for link in connection.user_links.filter(member__in=members)}
    links = []
    for member in members:
        link = stored.get(member.pk) or UserLink(connection=connection)
        link.member = member
        if link.deleted_at and _document(link).get("active"):
            _begin_again(link)
        if not link.deleted_at:
            links.append(link)
    return links


def _begin_again(link: UserLink) -> None:
    link.scim_id = uuid4()
    link.created_at = timezone.now()
    link.attributes = {}
    link.managed_since = link.deleted_at = None


def _document(link: UserLink) -> Document:
    return registry.user_adapter()(link.member, link=link).to_dict()


def _stored_values(
    connection: Connection, links: Iterable[UserLink]
) -> dict[int | None, list[UserValue]]:
    stored: dict[int | None, list[UserValue]] = defaultdict(list)
    known = [link.pk for link in links if link.pk]
    rows = UserValue.objects.filter(connection=connection, link__in=known).order_by("id")
    for value in rows:
        stored[value.link_id].append(value)
    return stored


def _shown(link: UserLink, values: Iterable[UserValue]) -> _Shown:
    """What a directory sees of a link, to be compared with what it saw before."""
    plural = [(value.attribute, value.value_key, value.comparable) for value in values]
    return (
        link.scim_id,
        link.user_name,
        link.user_name_key,
        link.external_id,
        link.display_name_key,
        link.comparable,
        plural,
    )


def _write(
    connection: Connection, links: list[UserLink], values: dict[Any, list[UserValue]]
) -> None:
    now = timezone.now()
    for link in links:
        # What was never changed was modified when it was created (RFC 7643 §3.1).
        link.last_modified = now if link.pk else link.created_at
    known = [link for link in links if link.pk]
    UserLink.objects.bulk_update(known, (*_COLUMNS, "attributes"), batch_size=200)
    UserValue.objects.filter(connection=connection, link__in=known).delete()
    UserLink.objects.bulk_create(link for link in links if not link.pk)
    UserValue.objects.bulk_create(value for link in links for value in values[link.member_id])
