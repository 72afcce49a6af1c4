"""Create a resource (RFC 7644 §3.3).

Must not know HTTP.
"""

from __future__ import annotations

from scim_provisioning.journal import Call, record_change, transitions
from scim_provisioning.operations.membership import members_to_set
from scim_provisioning.operations.occurrences import announce_written, as_it_was
from scim_provisioning.operations.stores import store_for
from scim_provisioning.operations.stores.store import Resource
from scim_provisioning.operations.transactions import in_one_transaction
from scim_provisioning.protocol.documents import canonicalise
from scim_provisioning.protocol.projection import Projection
from scim_provisioning.protocol.schemas import ResourceType

CREATED = 201


def create(
    call: Call, resource_type: ResourceType, payload: object, projection: Projection
) -> Resource:
    """Make the resource that a POST describes, or adopt the one it means.

    Raises Uniqueness for what the directory already manages, and what the adapter refuses.
    """
    document = store_for(resource_type).defaults | canonicalise(payload, resource_type)
    return _create(call, resource_type, document, projection)


@in_one_transaction
def _create(
    call: Call, resource_type: ResourceType, document: dict[str, object], projection: Projection
) -> Resource:
    store = store_for(resource_type)
    record = store.claim(call.connection, document)
    standing = record.adapter.standing()
    was = as_it_was(record)
    changed = store.write(record, document, members=members_to_set(document))
    record_change(
        call,
        operation="create",
        resource_type=resource_type.name,
        scim_id=record.link.scim_id,
        status=CREATED,
        changed=changed,
        transitions=transitions(standing, record.adapter.standing()),
        notes=record.adapter.notes,
    )
    announce_written(call, resource_type, record, was=was, changed=changed)
    return store.represent(call.connection, [record.link], projection)[0]
