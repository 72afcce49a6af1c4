"""The vocabulary of events, and what an event is about.

Must not know who handles them. docs/events.md says the same to readers; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class EventName(StrEnum):
    """What can happen; past tense, for it has."""

    MEMBER_PROVISIONED = "member.provisioned"
    """The directory made a person who was no member before."""
    MEMBER_LINKED = "member.linked"
    """The directory took over somebody who was a member before."""
    MEMBER_UPDATED = "member.updated"
    """Attributes other than the address and the access of a person changed."""
    MEMBER_EMAIL_CHANGED = "member.email_changed"
    """A person's address changed."""
    MEMBER_DEACTIVATED = "member.deactivated"
    """A person's access was cut."""
    MEMBER_REACTIVATED = "member.reactivated"
    """A person has access again."""
    MEMBER_DELETED = "member.deleted"
    """The directory let a person go; access, groups and rights are gone."""
    GROUP_CREATED = "group.created"
    """The directory made a group."""
    GROUP_LINKED = "group.linked"
    """The directory took over a group from before."""
    GROUP_UPDATED = "group.updated"
    """A group's name or other attributes changed."""
    GROUP_MEMBERS_CHANGED = "group.members_changed"
    """Somebody joined or left a group."""
    GROUP_DELETED = "group.deleted"
    """The directory let a group go."""
    TOKEN_CREATED = "token.created"  # noqa: S105  # no secret
    """A credential was made."""
    TOKEN_REVOKED = "token.revoked"  # noqa: S105  # no secret
    """A credential was ended."""
    TOKEN_EXPIRING = "token.expiring"  # noqa: S105  # no secret
    """A credential ends in 30, 7 or 1 days; each is told once."""
    CONNECTION_ENABLED = "connection.enabled"
    """Provisioning was switched on."""
    CONNECTION_DISABLED = "connection.disabled"
    """Provisioning was switched off; people and groups stay."""
    CONNECTION_REFUSED = "connection.refused"
    """Changes of the directory were refused since the last such event; at most one a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an event is about: the key that keeps its order, and the ids that a handler gets."""

    key: str
    ids: Mapping[str, Any] = field(default_factory=dict)


def about_member(scim_id: UUID, member_id: Any) -> Subject:
    return Subject(key=f"user:{scim_id}", ids={"scim_id": str(scim_id), "member_id": member_id})


def about_group(scim_id: UUID, group_id: Any) -> Subject:
    return Subject(key=f"group:{scim_id}", ids={"scim_id": str(scim_id), "group_id": group_id})


def about_token(token_id: int) -> Subject:
    return Subject(key=f"token:{token_id}", ids={"token_id": token_id})


def about_connection() -> Subject:
    return Subject(key="connection")
