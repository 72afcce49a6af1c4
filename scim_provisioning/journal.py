"""Write the journal: every change a directory made, every refusal it met, and owners' decisions.

Must not know how the journal is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils import timezone

from scim_provisioning.correlation import current_correlation_id, new_correlation_id
from scim_provisioning.models import Connection, JournalEntry, Token
from scim_provisioning.protocol.errors import ScimError
from scim_provisioning.protocol.keys import as_uuid

AUTHENTICATE = "authenticate"
"""The operation of the rows that count rejected credentials."""
LIMIT = "limit"
"""The operation of the rows that count requests beyond the rate limit."""
COUNTED = (AUTHENTICATE, LIMIT)
"""What is counted, one row a minute and reason, and was no change that could be refused."""

_DONE = 200


class Decision(StrEnum):
    """The operation of the rows that tell what an owner decided, or somebody at a shell."""

    ENABLE = "enable"
    DISABLE = "disable"
    MAKE_TOKEN = "make_token"  # noqa: S105
    END_TOKEN = "end_token"  # noqa: S105
    """It is given less time than it had."""
    REVOKE_TOKEN = "revoke_token"  # noqa: S105
    CHOOSE_POLICY = "choose_policy"
    TIE_ROLE = "tie_role"
    UNDO_ADOPTION = "undo_adoption"
    RESTORE_GROUP = "restore_group"
    HAND_BACK = "hand_back"
    SET_WEBHOOK = "set_webhook"
    REMOVE_WEBHOOK = "remove_webhook"
    ROTATE_KEY = "rotate_key"


NOT_ASKED = (*COUNTED, *Decision)
"""What no directory has asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Where a request came from."""

    address: str | None = None
    user_agent: str = ""
    """At most 200 characters, all printable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Who asks: one authenticated SCIM request."""

    connection: Connection
    token: Token | None
    correlation_id: str
    received_at: datetime = field(default_factory=timezone.now)
    client: Client = field(default_factory=Client)


def transitions(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Tell what became of status and role; before somebody is there, both are ""."""
    return {
        name: (before.get(name, ""), after[name])
        for name in after
        if before.get(name, "") != after[name]
    }


def record_change(
    call: Call,
    *,
    operation: str,
    resource_type: str,
    scim_id: UUID,
    status: int,
    changed: Collection[str] = (),
    transitions: Mapping[str, tuple[str, str]] | None = None,
    notes: Sequence[str] = (),
) -> None:
    """Write what was done; inside the transaction that does it, so that neither stands alone.

    `transitions` maps "status" and "role" to what they were and are, if that differs.
    """
    JournalEntry.objects.create(
        connection_id=call.connection.pk,
        occurred_at=call.received_at,
        correlation_id=call.correlation_id,
        token_id=call.token.pk if call.token else None,
        operation=operation,
        resource_type=resource_type,
        scim_id=scim_id,
        status=status,
        changed=sorted(changed),
        transitions=dict(transitions or {}),
        notes=list(notes),
        address=call.client.address,
        user_agent=call.client.user_agent,
    )


def record_refusal(
    call: Call, error: ScimError, *, operation: str, resource_type: str, scim_id: str = ""
) -> None:
    """Write what was refused and why; after the transaction that was rolled back."""
    JournalEntry.objects.create(
        connection_id=call.connection.pk,
        occurred_at=call.received_at,
        correlation_id=call.correlation_id,
        token_id=call.token.pk if call.token else None,
        operation=operation,
        resource_type=resource_type,
        scim_id=as_uuid(scim_id),
        status=error.status,
        scim_type=error.scim_type or "",
        notes=[error.detail],
        address=call.client.address,
        user_agent=call.client.user_agent,
    )


def record_decision(
    decision: Decision,
    *,
    connection_id: Any,
    by: Any = None,
    command: str = "",
    resource_type: str = "",
    scim_id: UUID | None = None,
    token: Token | None = None,
    changed: Collection[str] = (),
    transitions: Mapping[str, tuple[str, str]] | None = None,
) -> None:
    """Write what was decided, in the transaction that does it; one statement.

    `by` is the account of who did, or `command` what was called at a shell. Nothing else of the
    person is kept: neither a name nor an address.
    """
    JournalEntry.objects.create(
        connection_id=connection_id,
        correlation_id=current_correlation_id() or new_correlation_id(),
        actor_id=by.pk if by is not None else None,
        user_agent=command,
        operation=decision,
        resource_type=resource_type,
        scim_id=scim_id,
        token_id=token.pk if token else None,
        status=_DONE,
        changed=sorted(changed),
        transitions=dict(transitions or {}),
    )
