"""Change a resource by operations (RFC 7644 §3.5.2).

Must not know HTTP, nor any operation's meaning.
"""

from __future__ import annotations

from scim_provisioning.journal import Call, record_change, transitions
from scim_provisioning.operations.occurrences import announce_written, as_it_was
from scim_provisioning.operations.preconditions import require_version
from scim_provisioning.operations.stores import store_for
from scim_provisioning.operations.stores.store import Resource
from scim_provisioning.operations.transactions import in_one_transaction
from scim_provisioning.protocol.patch import Patch, compile_patch
from scim_provisioning.protocol.projection import Projection
from scim_provisioning.protocol.schemas import ResourceType

OK = 200


def patch(
    call: Call,
    resource_type: ResourceType,
    scim_id: str,
    payload: object,
    projection: Projection | None,
    *,
    if_match: str | None = None,
) -> Resource | None:
    """Apply all operations of a PATCH, or none.

    Without a projection nothing is read back: the answer is None, and a group of any size costs
    the same. Raises NotFound, PreconditionFailed, and what compiling the operations refuses.
    """
    compiled = compile_patch(payload, resource_type)
    return _patch(call, resource_type, scim_id, compiled, projection, if_match)


@in_one_transaction
def _patch(
    call: Call,
    resource_type: ResourceType,
    scim_id: str,
    compiled: Patch,
    projection: Projection | None,
    if_match: str | None,
) -> Resource | None:
    store = store_for(resource_type)
    record = store.get(call.connection, scim_id, lock=True)
    require_version(store, call.connection, record, if_match)
    standing = record.adapter.standing()
    document = compiled.apply(record.adapter.desired())
    was = as_it_was(record)
    changed = store.write(record, document, members=compiled.membership)
    record_change(
        call,
        operation="patch",
        resource_type=resource_type.name,
        scim_id=record.link.scim_id,
        status=OK,
        changed=changed,
        transitions=transitions(standing, record.adapter.standing()),
        notes=record.adapter.notes,
    )
    announce_written(call, resource_type, record, was=was, changed=changed)
    if projection is None:
        return None
    return store.represent(call.connection, [record.link], projection)[0]
