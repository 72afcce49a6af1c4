"""Delete a resource (RFC 7644 §3.6).

Must not know HTTP, nor what the product keeps.
"""

from __future__ import annotations

from scim_provisioning.journal import Call, record_change, transitions
from scim_provisioning.operations.occurrences import announce_deleted
from scim_provisioning.operations.preconditions import require_version
from scim_provisioning.operations.stores import store_for
from scim_provisioning.operations.transactions import in_one_transaction
from scim_provisioning.protocol.schemas import ResourceType

NO_CONTENT = 204


@in_one_transaction
def delete(
    call: Call, resource_type: ResourceType, scim_id: str, *, if_match: str | None = None
) -> None:
    """Let a resource go: 404 from now on, its names free. Raises NotFound, PreconditionFailed."""
    store = store_for(resource_type)
    record = store.get(call.connection, scim_id, lock=True)
    require_version(store, call.connection, record, if_match)
    standing = record.adapter.standing()
    store.delete(record)
    record_change(
        call,
        operation="delete",
        resource_type=resource_type.name,
        scim_id=record.link.scim_id,
        status=NO_CONTENT,
        transitions=transitions(standing, record.adapter.standing()),
        notes=record.adapter.notes,
    )
    announce_deleted(call, resource_type, record)
