"""Retrieve one resource (RFC 7644 §3.4.1).

Must not know HTTP.
"""

from __future__ import annotations

from scim_provisioning.journal import Call
from scim_provisioning.operations.stores import store_for
from scim_provisioning.operations.stores.store import Resource
from scim_provisioning.protocol.projection import Projection
from scim_provisioning.protocol.schemas import ResourceType


def retrieve(
    call: Call, resource_type: ResourceType, scim_id: str, projection: Projection
) -> Resource:
    """Find and describe a resource; what the projection leaves out is not loaded.

    Raises NotFound, also for another workspace's id.
    """
    store = store_for(resource_type)
    record = store.get(call.connection, scim_id)
    return store.represent(call.connection, [record.link], projection)[0]
