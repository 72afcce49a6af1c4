"""Versions that a client names in If-Match and If-None-Match (RFC 7644 §3.14, RFC 9110 §13).

Must not know how a version is made.
"""

from __future__ import annotations

from scim_provisioning.models import Connection
from scim_provisioning.operations.stores.store import Record, Store
from scim_provisioning.protocol.errors import PreconditionFailed
from scim_provisioning.protocol.projection import Projection


def require_version(
    store: Store, connection: Connection, record: Record, if_match: str | None
) -> None:
    """Refuse a write to another version than the client names; without a name, let it pass."""
    if if_match is None:
        return
    projection = Projection.parse(("meta",), None, store.resource_type)
    [resource] = store.represent(connection, [record.link], projection)
    if not names_version(if_match, resource["meta"]["version"]):
        raise PreconditionFailed


def names_version(header: str, version: str) -> bool:
    """Tell whether a header's list of versions holds this one; compared weakly."""
    if header.strip() == "*":
        return True
    return version.removeprefix("W/") in {
        each.strip().removeprefix("W/") for each in header.split(",")
    }
