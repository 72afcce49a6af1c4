"""Roles that an owner has tied to a directory's groups.

Tied to a group's id, never to its name: a rename changes nothing, and a group that is deleted and
made again has no role. Ownership is never given. Must not know a page or a request.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import transaction

from scim_provisioning import earlier_groups
from scim_provisioning.adapters import registry
from scim_provisioning.models import Connection, GroupLink, UserLink, visible_groups


class RoleRefused(Exception):
    """A role can't be tied to this group; the sentence says why."""


@transaction.atomic
def tie(link: GroupLink, role: str) -> None:
    """Give everybody in a group a role, now and as they come; "" unties it.

    Raises RoleRefused.
    """
    if role and role not in registry.user_adapter().roles:
        raise RoleRefused("This role can't be given by a group.")
    if role and not link.is_managed:
        # Whoever may edit groups by hand could give the role to themselves.
        raise RoleRefused("Only a group that the directory manages can give a role.")
    if role and earlier_groups.is_reserved(link.display_name):
        raise RoleRefused("The name of this group is reserved: it never gives rights.")
    link.role = role
    link.save(update_fields=["role"])
    memberships = registry.group_adapter().memberships(link.connection_id)
    members = memberships.filter(group_id=link.group_id).values_list("member_id", flat=True)
    settle(link.connection, list(members))


def settle(connection: Connection, member_ids: Collection[Any]) -> None:
    """Give these members the highest role of their groups, or back the one they had without.

    A role that is higher by hand stays, and an owner is left alone. Two statements, and what is
    changed.
    """
    granted = _granted(connection, member_ids)
    people = connection.user_links.filter(member__in=member_ids).select_related("member")
    for link in people.select_for_update(of=("self",)):
        _settle(link, granted.get(link.member_id, ""))


def _granted(connection: Connection, member_ids: Collection[Any]) -> dict[Any, str]:
    ranks = {role: rank for rank, role in enumerate(registry.user_adapter().roles)}
    tied = visible_groups(connection).exclude(role="").exclude(managed_since=None)
    role_of = dict(tied.values_list("group_id", "role"))
    memberships = (
        registry.group_adapter()
        .memberships(connection.pk)
        .filter(member_id__in=list(member_ids), group_id__in=list(role_of))
    )
    found: dict[Any, set[str]] = defaultdict(set)
    for member_id, group_id in memberships.values_list("member_id", "group_id"):
        found[member_id].add(role_of[group_id])
    return {
        member_id: max(roles & ranks.keys(), key=ranks.__getitem__)
        for member_id, roles in found.items()
        if roles & ranks.keys()
    }


def _settle(link: UserLink, granted: str) -> None:
    adapter = registry.user_adapter()(link.member, link=link)
    ranks = {role: rank for rank, role in enumerate(adapter.roles)}
    current = adapter.role()
    own = link.role_before if link.mapped_role and current == link.mapped_role else current
    if own not in ranks or link.mapped_role == granted:
        return
    wanted = max(own, granted, key=lambda role: ranks.get(role, -1))
    if wanted != current:
        adapter.set_role(wanted)
    link.mapped_role = granted if wanted == granted else ""
    link.role_before = own if link.mapped_role else ""
    link.save(update_fields=["mapped_role", "role_before"])
