"""The two kinds of resources behind the verbs: the same names in each module.

Must not know which verb is running.
"""

from __future__ import annotations

from scim_provisioning.operations.stores.groups import GroupStore
from scim_provisioning.operations.stores.store import Record, Store
from scim_provisioning.operations.stores.users import UserStore
from scim_provisioning.protocol.schemas import ResourceType

__all__ = ["Record", "Store", "store_for"]

_STORES: dict[str, Store] = {"User": UserStore(), "Group": GroupStore()}


def store_for(resource_type: ResourceType) -> Store:
    return _STORES[resource_type.name]
