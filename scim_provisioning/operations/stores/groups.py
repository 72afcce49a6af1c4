"""Groups: links and the host's group adapter, found, claimed, written and described.

Every query starts from the connection; memberships are changed as sets, at a cost that does not
depend on the group's size. Must not know which verb is running.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import uuid4

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from scim_provisioning import earlier_groups, lookups, roles
from scim_provisioning.adapters import Document, registry
from scim_provisioning.links import own_write
from scim_provisioning.lookups.columns import IdText
from scim_provisioning.lookups.sets import OneOf
from scim_provisioning.models import (
    VISIBLE_GROUP,
    Connection,
    GroupLink,
    is_visible,
    visible_groups,
    visible_users,
)
from scim_provisioning.models.connection import GroupPolicy
from scim_provisioning.operations.stores.store import Finder, Record, Resource
from scim_provisioning.protocol.documents import represent
from scim_provisioning.protocol.errors import Forbidden, InvalidValue, NotFound, Uniqueness
from scim_provisioning.protocol.filters import Node, Target
from scim_provisioning.protocol.keys import as_uuid, index_key
from scim_provisioning.protocol.membership import MembershipChange
from scim_provisioning.protocol.projection import Projection
from scim_provisioning.protocol.schemas import GROUP_TYPE

_FINDER = Finder(
    GroupLink, VISIBLE_GROUP, "group", columns=("scim_id", "display_name_key", "external_id")
)


class GroupStore:
    resource_type = GROUP_TYPE
    defaults: Document = {}

    def visible(self, connection: Connection) -> QuerySet[GroupLink]:
        return visible_groups(connection).select_related("group")

    def matching(self, node: Node, connection: Connection) -> Q:
        return lookups.group_q(node, connection=connection)

    def meet(self, connection: Connection, condition: Q) -> list[GroupLink] | None:
        found = _FINDER.meet(connection, condition)
        return found and [link for link in found if is_visible(link, connection)]

    def ordering(
        self, sort_by: Target | None, *, descending: bool, connection: Connection
    ) -> Sequence[Any]:
        return lookups.group_ordering(sort_by, descending=descending, connection=connection)

    def get(self, connection: Connection, scim_id: str, *, lock: bool = False) -> Record:
        link = _FINDER.find(connection, scim_id, lock=lock)
        if link is None or not is_visible(link, connection):
            raise NotFound("There is no group with this id.")
        if lock:
            _refuse_reserved(link)
        return _record(link)

    def claim(self, connection: Connection, document: Document) -> Record:
        """Find which group is meant: none yet, or one of that name from before."""
        key = index_key(document["displayName"])
        external_id = document.get("externalId", "")
        wanted = Q(display_name_key=key)
        if external_id:
            wanted |= Q(external_id=external_id)
        candidates = list(
            connection.group_links.filter(wanted, deleted_at=None)
            .select_for_update(of=("self",))
            .select_related("group")
        )
        _refuse_taken([link for link in candidates if link.is_managed], key, external_id)
        for link in candidates:
            if link.display_name_key == key and _is_adopted(link):
                return _record(link)
        return _record(GroupLink(connection=connection, scim_id=uuid4()))

    def write(
        self, record: Record, document: Document, *, members: MembershipChange | None = None
    ) -> frozenset[str]:
        link: GroupLink = record.link
        if link.pk is not None:
            _refuse_names_of_others(link, document)
            if not link.is_managed:
                _adopt(record)
        record.adapter.from_dict(document)
        with own_write("groups"):
            changed: frozenset[str] = record.adapter.save()
            if members is not None and _change_members(record, members):
                changed |= {"members"}
        if changed or not link.is_managed:
            _store(record, document, is_changed=bool(changed))
        return changed

    def delete(self, record: Record) -> None:
        link: GroupLink = record.link
        members = _member_keys(record) if link.role else []
        with own_write("groups"):
            record.adapter.delete()
        link.deleted_at = timezone.now()
        link.role = ""
        link.save(update_fields=["deleted_at", "role"])
        roles.settle(link.connection, members)

    def represent(
        self, connection: Connection, links: Sequence[GroupLink], projection: Projection
    ) -> list[Resource]:
        base_url = connection.base_url
        with_members = projection.includes("members")
        members = _members_of(connection, links, base_url) if with_members else {}
        return [
            projection.apply(
                _describe(link, base_url, members.get(link.group_id, []) if with_members else None)
            )
            for link in links
        ]


def _record(link: GroupLink) -> Record:
    group = link.group if link.group_id else None
    return Record(link=link, adapter=registry.group_adapter()(group, link=link))


def _refuse_reserved(link: GroupLink) -> None:
    """Leave a group from before alone whose name may give rights, also to who knows its id."""
    if not link.is_managed and earlier_groups.is_reserved(link.display_name):
        raise Forbidden("displayName: this name is reserved; a directory can't take the group.")


def _adopt(record: Record) -> None:
    earlier_groups.remember(record.link)
    record.adapter.notes.append("A group of this name was there before: it was adopted.")


def _is_adopted(earlier: GroupLink) -> bool:
    """Decide about a group of the same name from before, as the workspace's owner chose.

    One whose name may give rights is never taken over by its name.
    """
    if earlier_groups.is_reserved(earlier.display_name):
        raise Uniqueness("displayName: this name is reserved in the workspace.")
    if earlier.connection.group_policy == GroupPolicy.ADOPT:
        return True
    earlier_groups.set_apart(earlier)
    return False


def _refuse_taken(links: list[GroupLink], key: str, external_id: str) -> None:
    if any(link.display_name_key == key for link in links):
        raise Uniqueness("displayName: another group of this workspace has this name.")
    if external_id and any(link.external_id == external_id for link in links):
        raise Uniqueness("externalId: another group of this workspace has this identifier.")


def _refuse_names_of_others(link: GroupLink, document: Document) -> None:
    key = index_key(document["displayName"])
    external_id = document.get("externalId", "")
    if key == link.display_name_key and external_id == link.external_id:
        return
    taken = Q(display_name_key=key) | (Q(external_id=external_id) if external_id else Q())
    others = link.connection.group_links.filter(taken, deleted_at=None).exclude(pk=link.pk)
    for other in others.select_related("group"):
        if other.is_managed or _is_adopted(other):
            _refuse_taken([other], key, external_id)


def _change_members(record: Record, change: MembershipChange) -> bool:
    """Change who is in the group, and the roles that hang on it; true if anything changed."""
    connection: Connection = record.link.connection
    if change.needs_current:
        change = change.resolve(_current(connection, record.adapter.obj.pk))
    added = _resolve(connection, change.add)
    if change.replace:
        removed = _member_keys(record) if record.link.role else []
        is_changed = bool(record.adapter.replace_members([*added, *_unseen(record)]))
    else:
        removed = list(_member_ids(connection, change.remove).values())
        is_changed = bool(removed) and record.adapter.remove_members(removed)
        is_changed = (bool(added) and record.adapter.add_members(added)) or is_changed
    if is_changed and record.link.role:
        roles.settle(connection, {*added, *removed})
    return is_changed


def _member_keys(record: Record) -> list[Any]:
    return list(_memberships(record).values_list("member_id", flat=True))


def _unseen(record: Record) -> list[Any]:
    """Find the members whom the directory can't see, and so can't mean to take out."""
    if record.link.pk is None:
        return []
    # Asked for each member of the group: a list of whom the directory sees would be everybody.
    seen = visible_users(record.link.connection).filter(member_id=OuterRef("member_id"))
    unseen = _memberships(record).filter(~Exists(seen))
    return list(unseen.values_list("member_id", flat=True))


def _memberships(record: Record) -> QuerySet[Any]:
    memberships = registry.group_adapter().memberships(record.link.connection_id)
    return memberships.filter(group_id=record.adapter.obj.pk)


def _resolve(connection: Connection, scim_ids: frozenset[str]) -> list[Any]:
    """Turn SCIM ids into member keys; an unknown one refuses the whole request.

    A 4xx: Entra sends the whole group again for ever after a 5xx
    (tests/idp/entra/group-lifecycle.json).
    """
    found = _member_ids(connection, scim_ids)
    if len(found) < len(scim_ids):
        raise InvalidValue("members: at least one value is not the id of a user here.")
    return list(found.values())


def _member_ids(connection: Connection, scim_ids: Collection[str]) -> dict[str, Any]:
    wanted = [parsed for parsed in map(as_uuid, scim_ids) if parsed is not None]
    if not wanted:
        return {}
    links = visible_users(connection).filter(OneOf(F("scim_id"), wanted))
    return {str(scim_id): key for scim_id, key in links.values_list("scim_id", "member_id")}


def _current(connection: Connection, group_id: Any) -> set[str]:
    memberships = registry.group_adapter().memberships(connection.pk).filter(group_id=group_id)
    links = visible_users(connection).filter(member_id__in=memberships.values("member_id"))
    return {str(scim_id) for scim_id in links.values_list("scim_id", flat=True)}


def _store(record: Record, document: Document, *, is_changed: bool) -> None:
    """Write the link; taking up what is shown already makes no new version of it."""
    link: GroupLink = record.link
    now = timezone.now()
    link.group = record.adapter.obj
    link.display_name = document["displayName"]
    link.display_name_key = index_key(link.display_name)
    link.external_id = document.get("externalId", "")
    link.managed_since = link.managed_since or now
    if link.pk is None:
        link.created_at = link.last_modified = now
    elif is_changed:
        link.last_modified = now
        link.version += 1  # the row is locked
    link.save()


def _members_of(
    connection: Connection, links: Sequence[GroupLink], base_url: str
) -> dict[Any, list[Document]]:
    """Map groups to their members: one statement for one group, two for any number."""
    group_ids = [link.group_id for link in links]
    memberships = registry.group_adapter().memberships(connection.pk).filter(group_id__in=group_ids)
    people = (
        visible_users(connection)
        .filter(member_id__in=memberships.values("member_id"))
        .annotate(text_id=IdText("scim_id"))
        .order_by("member_id")
        .values_list("member_id", "text_id")
    )
    shown = {member_id: _member(text_id, base_url) for member_id, text_id in people}
    if len(group_ids) == 1:
        return {group_ids[0]: list(shown.values())}
    members: dict[Any, list[Document]] = defaultdict(list)
    for group_id, member_id in memberships.order_by("member_id").values_list(
        "group_id", "member_id"
    ):
        if member_id in shown:
            members[group_id].append(shown[member_id])
    return members


def _member(scim_id: str, base_url: str) -> Document:
    return {"value": scim_id, "$ref": f"{base_url}/Users/{scim_id}", "type": "User"}


def _describe(link: GroupLink, base_url: str, members: list[Document] | None) -> Resource:
    document: Document = registry.group_adapter()(link.group, link=link).to_dict()
    scim_id = str(link.scim_id)
    if members is not None:
        document["members"] = members
    meta = {
        "resourceType": "Group",
        "created": link.created_at.isoformat(),
        "lastModified": link.last_modified.isoformat(),
        "location": f"{base_url}/Groups/{scim_id}",
        "version": f'W/"{link.version}"',
    }
    return represent(document, GROUP_TYPE, id=scim_id, meta=meta)
