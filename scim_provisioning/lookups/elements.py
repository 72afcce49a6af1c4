"""The elements of multi-valued attributes, a row each.

Must not know whose elements they are.
"""

from __future__ import annotations

from scim_provisioning.lookups.columns import (
    Column,
    constant_column,
    id_column,
    key_column,
    location_column,
    stored_column,
    value_column,
)
from scim_provisioning.lookups.rows import Rows
from scim_provisioning.models import Connection
from scim_provisioning.protocol.filters import Target
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE, ResourceType, Schema


class ValueRows(Rows):
    """Values that are stored beside the link, of `emails` and its like."""

    def column(self, target: Target) -> Column:
        if target.leaf.name == "value":
            return value_column(target.leaf)
        return stored_column(target.leaf.name, target.leaf)


class ReferenceRows(Rows):
    """Links as elements of an attribute of the other kind."""

    resource_type: ResourceType
    type: str

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def column(self, target: Target) -> Column:
        match target.leaf.name:
            case "value":
                return id_column()
            case "display":
                return key_column("display_name_key")
            case "$ref":
                return location_column(self._connection, self.resource_type, target.leaf)
            case _:
                return constant_column(self.type, target.leaf)


class GroupReferenceRows(ReferenceRows):
    """Group links as a person's `groups`."""

    resource_type = GROUP_TYPE
    type = "direct"


class MemberReferenceRows(ReferenceRows):
    """User links as a group's `members`."""

    resource_type = USER_TYPE
    type = "User"


class SchemaRow(Rows):
    """One of the URNs in `schemas`."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def column(self, target: Target) -> Column:
        return constant_column(self._schema.urn, target.leaf)
