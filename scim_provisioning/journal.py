"""Write the journal: every change a directory made, and every refusal it met.

Must not know how the journal is shown.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from scim_provisioning.models import Connection, JournalEntry, Token
from scim_provisioning.protocol.errors import ScimError
from scim_provisioning.protocol.keys import as_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Who asks: one authenticated SCIM request."""

    connection: Connection
    token: Token | None
    correlation_id: str


def new_correlation_id() -> str:
    """Make the id that ties a request to its journal entry, its events and its log lines."""
    return uuid.uuid4().hex


def record_change(
    call: Call,
    *,
    operation: str,
    resource_type: str,
    scim_id: UUID,
    status: int,
    changed: Collection[str] = (),
    notes: Sequence[str] = (),
) -> None:
    """Write what was done; inside the transaction that does it, so that neither stands alone."""
    JournalEntry.objects.create(
        connection_id=call.connection.pk,
        correlation_id=call.correlation_id,
        token_id=call.token.pk if call.token else None,
        operation=operation,
        resource_type=resource_type,
        scim_id=scim_id,
        status=status,
        changed=sorted(changed),
        notes=list(notes),
    )


def record_refusal(
    call: Call, error: ScimError, *, operation: str, resource_type: str, scim_id: str = ""
) -> None:
    """Write what was refused and why; after the transaction that was rolled back."""
    JournalEntry.objects.create(
        connection_id=call.connection.pk,
        correlation_id=call.correlation_id,
        token_id=call.token.pk if call.token else None,
        operation=operation,
        resource_type=resource_type,
        scim_id=as_uuid(scim_id),
        status=error.status,
        scim_type=error.scim_type or "",
        notes=[error.detail],
    )
