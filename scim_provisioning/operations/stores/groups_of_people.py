"""Which groups people are in, as their resources show it (RFC 7643 §4.1.2).

By queries that are compiled once, as many for a hundred people as for two. Must not know how a
person is described otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.models import F

from scim_provisioning.adapters import Document, registry
from scim_provisioning.lookups.sets import OneOf, Slots
from scim_provisioning.models import VISIBLE_GROUP, Connection, GroupLink, UserLink, is_visible
from scim_provisioning.prepared import Prepared, Slot

_CONNECTION = Slot("connection", Connection._meta.pk)
_MEMBER = UserLink._meta.get_field("member")


def groups_of(
    connection: Connection, member_ids: Sequence[Any], base_url: str
) -> dict[Any, list[Document]]:
    """Map members to their groups: two statements; one for one member, or for nobody in any."""
    adapter: Any = registry.group_adapter()
    if len(member_ids) == 1:
        links = _groups_of_one(adapter)(connection=connection.pk, member=member_ids[0])
        return {member_ids[0]: list(_shown(connection, links, base_url).values())}
    groups: dict[Any, list[Document]] = defaultdict(list)
    pairs = _memberships_of(adapter)(connection=connection.pk, members=member_ids)
    if not pairs:
        return groups
    group_ids = {group_id for _, group_id in pairs}
    shown = _shown(connection, _groups(connection=connection.pk, groups=group_ids), base_url)
    for member_id, group_id in pairs:
        if group_id in shown:
            groups[member_id].append(shown[group_id])
    return groups


def _shown(
    connection: Connection, links: Sequence[GroupLink], base_url: str
) -> dict[Any, Document]:
    """Describe those of the groups that the directory may see, in their order."""
    return {
        link.group_id: {
            "value": str(link.scim_id),
            "$ref": f"{base_url}/Groups/{link.scim_id}",
            "display": link.display_name,
            "type": "direct",
        }
        for link in links
        if is_visible(link, connection)
    }


@cache
def _groups_of_one(adapter: Any) -> Prepared[GroupLink]:
    member = Slot("member", _MEMBER)
    return Prepared(
        lambda: GroupLink.objects.filter(
            VISIBLE_GROUP,
            connection_id=_CONNECTION,
            group_id__in=adapter.memberships(_CONNECTION)
            .filter(member_id=member)
            .values("group_id"),
        ).order_by("group_id")
    )


@cache
def _memberships_of(adapter: Any) -> Prepared[tuple[Any, Any]]:
    members = Slots("members", _MEMBER)
    return Prepared(
        lambda: (
            adapter.memberships(_CONNECTION)
            .filter(OneOf(F("member_id"), members))
            .order_by("group_id")
            .values_list("member_id", "group_id")
        )
    )


_groups = Prepared(
    lambda: GroupLink.objects.filter(
        VISIBLE_GROUP,
        OneOf(F("group_id"), Slots("groups", GroupLink._meta.get_field("group"))),
        connection_id=_CONNECTION,
    )
)
