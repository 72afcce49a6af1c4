"""Replace a resource (RFC 7644 §3.5.1).

Must not know HTTP.
"""

from __future__ import annotations

from scim_provisioning.adapters import Document
from scim_provisioning.journal import Call, record_change, transitions
from scim_provisioning.operations.membership import members_to_set, names_members
from scim_provisioning.operations.occurrences import announce_written, as_it_was
from scim_provisioning.operations.preconditions import require_version
from scim_provisioning.operations.stores import store_for
from scim_provisioning.operations.stores.store import Resource
from scim_provisioning.operations.transactions import in_one_transaction
from scim_provisioning.protocol.documents import canonicalise
from scim_provisioning.protocol.membership import MembershipChange
from scim_provisioning.protocol.projection import Projection
from scim_provisioning.protocol.schemas import ResourceType

OK = 200
EMPTIED = MembershipChange(replace=True, add=frozenset(), remove=frozenset())


def replace(
    call: Call,
    resource_type: ResourceType,
    scim_id: str,
    payload: object,
    projection: Projection,
    *,
    if_match: str | None = None,
) -> Resource:
    """Make a resource equal to the document of a PUT.

    What is left out is cleared, but for two things whose absence would lock people out by
    accident: a PUT without `active` disables nobody, one without `members` empties no group
    (idp-scim-sync leaves `active` out, tests/idp/aws/). Raises NotFound, PreconditionFailed.
    """
    document = canonicalise(payload, resource_type)
    members = members_to_set(document)
    if members is None and names_members(payload):
        members = EMPTIED
    return _replace(call, resource_type, scim_id, document, members, projection, if_match)


@in_one_transaction
def _replace(
    call: Call,
    resource_type: ResourceType,
    scim_id: str,
    document: Document,
    members: MembershipChange | None,
    projection: Projection,
    if_match: str | None,
) -> Resource:
    store = store_for(resource_type)
    record = store.get(call.connection, scim_id, lock=True)
    require_version(store, call.connection, record, if_match)
    before = record.adapter.desired()
    if "active" in before:
        document = {"active": before["active"], **document}
    standing = record.adapter.standing()
    was = as_it_was(record)
    changed = store.write(record, document, members=members)
    record_change(
        call,
        operation="replace",
        resource_type=resource_type.name,
        scim_id=record.link.scim_id,
        status=OK,
        changed=changed,
        transitions=transitions(standing, record.adapter.standing()),
        notes=record.adapter.notes,
    )
    announce_written(call, resource_type, record, was=was, changed=changed)
    return store.represent(call.connection, [record.link], projection)[0]
