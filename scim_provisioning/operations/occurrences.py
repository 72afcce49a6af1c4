"""Which events a write is; recorded in the write's own transaction.

Must not know which verb has written, nor who listens.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from scim_provisioning.adapters import Document
from scim_provisioning.journal import Call
from scim_provisioning.operations.stores.store import Record
from scim_provisioning.outbox.events import EventName, about_group, about_member
from scim_provisioning.outbox.recording import record as record_events
from scim_provisioning.protocol.schemas import USER_TYPE, ResourceType


class Bond(Enum):
    """What a resource was to the directory before a write."""

    NONE = auto()
    """It was not there."""
    FROM_BEFORE = auto()
    """The product had it, and the directory did not manage it."""
    MANAGED = auto()


_BEGINNINGS = {
    ("User", Bond.NONE): EventName.MEMBER_PROVISIONED,
    ("User", Bond.FROM_BEFORE): EventName.MEMBER_LINKED,
    ("Group", Bond.NONE): EventName.GROUP_CREATED,
    ("Group", Bond.FROM_BEFORE): EventName.GROUP_LINKED,
}
_ADDRESS = frozenset({"emails", "userName"})
_ENDINGS = {"User": EventName.MEMBER_DELETED, "Group": EventName.GROUP_DELETED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """What has to be known of a resource before it is written."""

    bond: Bond
    addresses: frozenset[str]


def as_it_was(record: Record) -> Former:
    """Look at a resource that is about to be written."""
    if record.adapter.obj is None:
        return Former(bond=Bond.NONE, addresses=frozenset())
    bond = Bond.MANAGED if record.link.is_managed else Bond.FROM_BEFORE
    return Former(bond=bond, addresses=_addresses(record.adapter.to_dict()))


def announce_written(
    call: Call,
    resource_type: ResourceType,
    record: Record,
    *,
    was: Former,
    changed: Collection[str],
) -> None:
    """Record what a write was, by the names of what changed."""
    names: list[EventName] = []
    if was.bond is not Bond.MANAGED:
        names.append(_BEGINNINGS[resource_type.name, was.bond])
    if resource_type is not USER_TYPE:
        names += _group_changes(frozenset(changed), was)
    elif was.bond is not Bond.NONE:
        names += _member_changes(frozenset(changed), was, shown=record.adapter.to_dict())
    _announce(call, resource_type, record, names)


def announce_deleted(call: Call, resource_type: ResourceType, record: Record) -> None:
    """Record that the directory let a resource go."""
    _announce(call, resource_type, record, [_ENDINGS[resource_type.name]])


def _member_changes(
    changed: frozenset[str], was: Former, *, shown: Document
) -> Iterator[EventName]:
    is_moved = _addresses(shown) != was.addresses
    others = changed - {"active"} - (_ADDRESS if is_moved else frozenset())
    if others and was.bond is Bond.MANAGED:
        yield EventName.MEMBER_UPDATED
    if is_moved:
        yield EventName.MEMBER_EMAIL_CHANGED
    if "active" in changed:
        is_active = shown.get("active", True)
        yield EventName.MEMBER_REACTIVATED if is_active else EventName.MEMBER_DEACTIVATED


def _group_changes(changed: frozenset[str], was: Former) -> Iterator[EventName]:
    if changed - {"members"} and was.bond is Bond.MANAGED:
        yield EventName.GROUP_UPDATED
    if "members" in changed:
        yield EventName.GROUP_MEMBERS_CHANGED


def _addresses(document: Document) -> frozenset[str]:
    """Collect a person's addresses; without any of their own the userName may be one."""
    own = {entry["value"] for entry in document.get("emails", []) if entry.get("value")}
    return frozenset(own or {document.get("userName", "")})


def _announce(
    call: Call, resource_type: ResourceType, record: Record, names: list[EventName]
) -> None:
    link = record.link
    subject = (
        about_member(link.scim_id, link.member_id)
        if resource_type is USER_TYPE
        else about_group(link.scim_id, link.group_id)
    )
    record_events(call.connection, names, subject, correlation_id=call.correlation_id)
