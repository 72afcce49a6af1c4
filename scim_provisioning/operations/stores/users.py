"""People: links and the host's user adapter, found, claimed, written and described.

Every query starts from the connection. Must not know which verb is running.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from uuid import uuid4

import orjson
from django.db.models import Q, QuerySet
from django.utils import timezone

from scim_provisioning import lookups
from scim_provisioning.adapters import Document, registry
from scim_provisioning.adapters.users import differing
from scim_provisioning.links import describe_user, own_write
from scim_provisioning.models import (
    VISIBLE_USER,
    Connection,
    UserLink,
    UserValue,
    visible_users,
)
from scim_provisioning.operations.stores.groups_of_people import groups_of
from scim_provisioning.operations.stores.store import Finder, Record, Resource
from scim_provisioning.prepared import Prepared, Slot
from scim_provisioning.protocol.documents import represent
from scim_provisioning.protocol.errors import NotFound, Uniqueness
from scim_provisioning.protocol.filters import Node, Target
from scim_provisioning.protocol.keys import index_key
from scim_provisioning.protocol.membership import MembershipChange
from scim_provisioning.protocol.projection import Projection
from scim_provisioning.protocol.schemas import USER_TYPE

_FINDER = Finder(
    UserLink, VISIBLE_USER, "member", columns=("scim_id", "user_name_key", "external_id")
)


class UserStore:
    resource_type = USER_TYPE
    defaults: Document = {"active": True}

    def visible(self, connection: Connection) -> QuerySet[UserLink]:
        return visible_users(connection).select_related("member")

    def matching(self, node: Node, connection: Connection) -> Q:
        return lookups.user_q(node, connection=connection)

    def meet(self, connection: Connection, condition: Q) -> list[UserLink] | None:
        return _FINDER.meet(connection, condition)

    def ordering(
        self, sort_by: Target | None, *, descending: bool, connection: Connection
    ) -> Sequence[Any]:
        return lookups.user_ordering(sort_by, descending=descending, connection=connection)

    def get(self, connection: Connection, scim_id: str, *, lock: bool = False) -> Record:
        link = _FINDER.find(connection, scim_id, lock=lock)
        if link is None:
            raise NotFound("There is no user with this id.")
        return _record(link)

    def claim(self, connection: Connection, document: Document) -> Record:
        """Find who is meant: nobody yet, a member from before, or one the directory let go."""
        key = index_key(document["userName"])
        external_id = document.get("externalId", "")
        member = registry.user_adapter().match(connection, document)
        candidates = _candidates(
            connection=connection.pk, key=key, external_id=external_id, member=member and member.pk
        )
        for each in candidates:
            each.connection = connection
        _refuse_taken(candidates, key, external_id)
        link = _meant(candidates, key, external_id, member)
        if link is None:
            return _record(UserLink(connection=connection, member=member))
        if link.is_managed:
            raise Uniqueness("emails: another user of this workspace has this e-mail address.")
        if link.deleted_at:
            link.scim_id = uuid4()
        return _record(link)

    def write(
        self, record: Record, document: Document, *, members: MembershipChange | None = None
    ) -> frozenset[str]:
        if record.link.pk is not None:
            _refuse_names_of_others(record.link, document)
        before = record.adapter.to_dict() if record.adapter.obj else {}
        record.adapter.from_dict(document)
        with own_write("members"):
            record.adapter.save()
        return _store(record, document, before)

    def delete(self, record: Record) -> None:
        with own_write("members"):
            record.adapter.delete()
        link: UserLink = record.link
        link.deleted_at = timezone.now()
        link.mapped_role = link.role_before = ""
        link.save(update_fields=["deleted_at", "mapped_role", "role_before"])

    def represent(
        self, connection: Connection, links: Sequence[UserLink], projection: Projection
    ) -> list[Resource]:
        base_url = connection.base_url
        groups = groups_of(connection, [link.member_id for link in links], base_url)
        return [
            projection.apply(_describe(link, groups.get(link.member_id, []), base_url))
            for link in links
        ]


def _record(link: UserLink) -> Record:
    member = link.member if link.member_id else None
    return Record(link=link, adapter=registry.user_adapter()(member, link=link))


def _meant(candidates: list[UserLink], key: str, external_id: str, member: Any) -> UserLink | None:
    """Choose among the links that a document could mean.

    The e-mail address tells people apart. A name alone brings somebody back only if the directory
    let them go and they have no address of their own, for names are given to new people again.
    """
    by_member = next((link for link in candidates if member and link.member_id == member.pk), None)
    if by_member is not None:
        return by_member
    for link in candidates:
        if link.deleted_at is None and not link.is_managed and link.user_name_key == key:
            return link
    for link in candidates:
        if link.deleted_at and not link.attributes.get("emails") and link.user_name_key == key:
            return link
    return None


def _refuse_taken(candidates: list[UserLink], key: str, external_id: str) -> None:
    managed = [link for link in candidates if link.is_managed]
    if any(link.user_name_key == key for link in managed):
        raise Uniqueness("userName: another user of this workspace has this name.")
    if external_id and any(link.external_id == external_id for link in managed):
        raise Uniqueness("externalId: another user of this workspace has this identifier.")


def _refuse_names_of_others(link: UserLink, document: Document) -> None:
    key = index_key(document["userName"])
    external_id = document.get("externalId", "")
    if key == link.user_name_key and external_id == link.external_id:
        return
    taken = Q(user_name_key=key) | (Q(external_id=external_id) if external_id else Q())
    others = (
        UserLink.objects.filter(taken, connection_id=link.connection_id, deleted_at=None)
        .exclude(pk=link.pk)
        .only("user_name_key", "external_id")
    )
    for other in others:
        name = "userName" if other.user_name_key == key else "externalId"
        raise Uniqueness(f"{name}: another user of this workspace has this value.")


def _store(record: Record, document: Document, before: Document) -> frozenset[str]:
    """Write what the directory said to the link; return the names of what is shown otherwise now.

    The rows of its values are written only when a multi-valued attribute changed.
    """
    link: UserLink = record.link
    is_new, was_managed, said = link.pk is None, link.is_managed, link.attributes
    now = timezone.now()
    if is_new or link.deleted_at:
        link.created_at = link.last_modified = now
    link.member = record.adapter.obj
    link.attributes = document
    link.deleted_at = None
    if not was_managed:
        link.managed_since = now
    shown = record.adapter.to_dict()
    changed = differing(before, shown)
    if was_managed and not changed and said == document:
        return changed
    values = describe_user(link, shown)
    if changed:
        link.last_modified = now
    link.save()
    if is_new or not was_managed or _plural(before) != _plural(shown):
        if not is_new:
            UserValue.objects.filter(connection_id=link.connection_id, link=link).delete()
        UserValue.objects.bulk_create(values)
    return changed


def _plural(document: Document) -> Document:
    return {name: value for name, value in document.items() if isinstance(value, list)}


_CONNECTION = Slot("connection", Connection._meta.pk)
_MEMBER = UserLink._meta.get_field("member")

_candidates = Prepared(
    lambda: (
        UserLink.objects.filter(
            Q(user_name_key=Slot("key", UserLink._meta.get_field("user_name_key")))
            | Q(external_id=Slot("external_id", UserLink._meta.get_field("external_id")))
            & ~Q(external_id="")
            | Q(member_id=Slot("member", _MEMBER)),
            connection_id=_CONNECTION,
        )
        .select_related("member")
        .select_for_update(of=("self",))
    )
)
"""Whom a document may mean: by the name, by the identifier if there is one, as this member."""


def _describe(link: UserLink, groups: list[Document], base_url: str) -> Resource:
    document: Document = registry.user_adapter()(link.member, link=link).to_dict()
    scim_id = str(link.scim_id)
    meta = {
        "resourceType": "User",
        "created": link.created_at.isoformat(),
        "lastModified": link.last_modified.isoformat(),
        "location": f"{base_url}/Users/{scim_id}",
        "version": _version(document, groups),
    }
    read_only: Document = {"groups": groups} if groups else {}
    return represent(document, USER_TYPE, id=scim_id, meta=meta, read_only=read_only)


def _version(document: Document, groups: list[Document]) -> str:
    """Make a weak ETag from what is shown, so that it changes exactly when that does."""
    shown = orjson.dumps([document, groups], option=orjson.OPT_SORT_KEYS)
    return f'W/"{sha256(shown).hexdigest()[:20]}"'
