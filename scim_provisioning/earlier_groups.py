"""What becomes of the groups that a workspace had before its directory, and how to undo it.

Nothing is lost: a group that is adopted remembers its members, one that is kept apart or archived
can have its name or its place back. Must not know a page or a request.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from scim_provisioning import conf, links
from scim_provisioning.adapters import GroupAdapter, registry
from scim_provisioning.models import Connection, GroupLink
from scim_provisioning.models.connection import GroupPolicy
from scim_provisioning.protocol.errors import Uniqueness
from scim_provisioning.protocol.keys import comparison_key


@transaction.atomic
def choose(connection: Connection, policy: GroupPolicy) -> None:
    """Set what becomes of earlier groups; undoes what another choice had archived.

    A group whose name the directory has given to another one comes back under a marked name.
    """
    connection.group_policy = policy
    connection.save(update_fields=["group_policy"])
    if policy == GroupPolicy.ARCHIVE:
        _archive(connection)
    else:
        _restore(connection)


def is_reserved(name: str) -> bool:
    """Tell whether a name may give rights in the product, so that no directory may take it over."""
    reserved = conf.value("RESERVED_GROUP_NAMES")
    return comparison_key(name) in {comparison_key(each) for each in reserved}


def remember(link: GroupLink) -> None:
    """Note who was in a group when the directory took it over; the caller saves the link."""
    memberships = registry.group_adapter().memberships(link.connection_id)
    members = memberships.filter(group_id=link.group_id).order_by("member_id")
    link.members_before = list(members.values_list("member_id", flat=True))


def set_apart(link: GroupLink) -> None:
    """Give an earlier group a marked name, for the directory's own is to have its name."""
    adapter = registry.group_adapter()(link.group, link=link)
    with links.own_write("groups"):
        adapter.set_apart()
    links.groups_changed(link.connection_id, [link.group_id])


@transaction.atomic
def undo_adoption(link: GroupLink) -> Any:
    """Part the directory's group from the earlier one that it took over; returns the earlier one.

    The directory keeps its id, its name and its members, in a group of its own; the earlier group
    has a marked name and the members it had. Raises ValueError if nothing was adopted.
    """
    if link.members_before is None:
        raise ValueError("This group was not there before the directory.")
    adapter_class = registry.group_adapter()
    earlier = adapter_class(link.group, link=link)
    memberships = adapter_class.memberships(link.connection_id).filter(group_id=link.group_id)
    members = list(memberships.values_list("member_id", flat=True))
    document = earlier.read()
    before, link.members_before = link.members_before, None
    with links.own_write("groups"):
        earlier.set_apart()
        earlier.replace_members(_still_there(link.connection, before))
        own = adapter_class(None, link=link)
        own.from_dict(document)
        own.save()
        own.replace_members(members)
    link.group = own.obj
    link.save()
    links.groups_changed(link.connection_id, [earlier.obj.pk])
    return earlier.obj


@transaction.atomic
def restore(link: GroupLink) -> None:
    """Bring one group back that was put away; nobody manages it until the directory does.

    If its name was given to another one in the meantime, it comes back under a marked name.
    """
    link.archived_at_enabling = False
    link.save(update_fields=["archived_at_enabling"])
    _bring_back(registry.group_adapter()(link.group, link=link))
    links.groups_changed(link.connection_id, [link.group_id])


def _still_there(connection: Connection, member_ids: list[Any]) -> list[Any]:
    members = registry.user_adapter().queryset(connection).filter(pk__in=member_ids)
    return list(members.values_list("pk", flat=True))


def _archive(connection: Connection) -> None:
    earlier = connection.group_links.filter(managed_since=None, deleted_at=None)
    for link in earlier.select_related("group"):
        with links.own_write("groups"):
            registry.group_adapter()(link.group, link=link).delete()
        link.deleted_at = timezone.now()
        link.archived_at_enabling = True
        link.save(update_fields=["deleted_at", "archived_at_enabling"])


def _restore(connection: Connection) -> None:
    archived = connection.group_links.filter(archived_at_enabling=True)
    for link in archived.select_related("group"):
        link.archived_at_enabling = False
        link.save(update_fields=["archived_at_enabling"])
        _bring_back(registry.group_adapter()(link.group, link=link))
    links.groups_changed(connection.pk, [link.group_id for link in archived])


def _bring_back(group: GroupAdapter) -> None:
    try:
        group.restore()
    except Uniqueness:
        group.set_apart()
        group.restore()
