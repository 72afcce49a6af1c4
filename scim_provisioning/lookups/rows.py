"""Where the attributes of users and groups stand: on a link, or on rows that belong to it.

Everything starts from one connection. Must not know how conditions are joined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Expression
from django.db.models.functions import Concat

from scim_provisioning.adapters import registry
from scim_provisioning.lookups.columns import (
    Column,
    IdText,
    compare,
    constant_column,
    exact_column,
    host_column,
    id_column,
    key_column,
    moment_column,
    presence,
    sortable,
    stored_column,
    text_column,
    value_column,
)
from scim_provisioning.models import Connection, UserValue
from scim_provisioning.protocol.errors import InvalidFilter
from scim_provisioning.protocol.filters import Operator, Target
from scim_provisioning.protocol.schemas import (
    GROUP_TYPE,
    USER_TYPE,
    Attribute,
    ResourceType,
    Schema,
)

COMPUTED = frozenset({"meta.version"})
"""Made from what is shown; no column holds it."""

_LINK_COLUMNS: Mapping[str, Column] = {
    "id": id_column(),
    "externalId": exact_column("external_id"),
    "displayName": key_column("display_name_key"),
    "meta.created": moment_column("created_at"),
    "meta.lastModified": moment_column("last_modified"),
}


class Rows:
    """The rows that a condition is on: here those that hold one value themselves."""

    def column(self, target: Target) -> Column:
        """Give the column of a target that has one value a row."""
        raise NotImplementedError

    def some(self, target: Target, condition: Condition) -> Q:
        """Meet a condition with one value of the target, on whichever rows hold its values."""
        return condition(self)


Condition = Callable[[Rows], Q]


class LinkRows(Rows):
    """The links of one kind in one connection."""

    resource_type: ResourceType
    columns: Mapping[str, Column] = _LINK_COLUMNS

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def column(self, target: Target) -> Column:
        if target.name in self.columns:
            return self.columns[target.name]
        if target.name == "meta.resourceType":
            return constant_column(self.resource_type.name, target.leaf)
        if target.name == "meta.location":
            return _location_column(self.resource_type, self.connection, target.leaf)
        raise InvalidFilter(f"{target.name} can't be filtered by.")

    def some(self, target: Target, condition: Condition) -> Q:
        if not target.is_multi_valued:
            return condition(self)
        if target.name == "schemas":
            return self._some_schema(condition)
        return Q(Exists(self.elements(target, condition)))

    def elements(self, target: Target, condition: Condition) -> QuerySet[Any]:
        """Find the rows of a link's elements that meet a condition."""
        raise NotImplementedError

    def first_value(self, target: Target) -> Expression | Subquery | None:
        """Give what a multi-valued target is sorted by; None if it has no order."""
        return None

    def _some_schema(self, condition: Condition) -> Q:
        """Take each schema for a value; a link has an extension's if it has a value of it."""
        each_schema = (
            condition(_SchemaRow(schema)) & self._uses(schema)
            for schema in self.resource_type.schemas
        )
        return Q(*each_schema, _connector=Q.OR)

    def _uses(self, schema: Schema) -> Q:
        if schema is self.resource_type.schema:
            return Q()
        targets = (Target(schema=schema.urn, attribute=each) for each in schema.attributes)
        return Q(*(is_present(target, self) for target in targets), _connector=Q.OR)


class UserRows(LinkRows):
    resource_type = USER_TYPE
    columns = {**_LINK_COLUMNS, "userName": key_column("user_name_key")}

    def column(self, target: Target) -> Column:
        lookup = registry.user_adapter().lookups.get(target.name)
        if lookup is not None:
            return host_column(lookup, target.leaf)
        if target.schema and target.name not in self.columns:
            return stored_column(target.name, target.leaf)
        return super().column(target)

    def elements(self, target: Target, condition: Condition) -> QuerySet[Any]:
        if target.attribute.name == "groups":
            groups = self.connection.visible_groups().filter(
                condition(_GroupElements(self.connection))
            )
            return _memberships(self.connection).filter(
                member_id=OuterRef("member_id"), group_id__in=groups.values("group_id")
            )
        return self._values(target).filter(condition(_ValueRows()))

    def first_value(self, target: Target) -> Expression | Subquery | None:
        if target.attribute.is_read_only or not target.schema:
            return None
        primary = replace(target, sub_attribute=target.attribute.sub_attribute("primary"))
        is_primary = compare(_ValueRows().column(primary), Operator.EQ, True)
        first = self._values(target).order_by(
            Case(When(is_primary, then=Value(0)), default=Value(1)), "id"
        )
        key = sortable(_ValueRows().column(target))
        return Subquery(first.annotate(sort_key=key).values("sort_key")[:1])

    def _values(self, target: Target) -> QuerySet[UserValue]:
        return UserValue.objects.filter(
            connection_id=self.connection.pk,
            link=OuterRef("pk"),
            attribute=target.attribute.name,
        )


class GroupRows(LinkRows):
    resource_type = GROUP_TYPE

    def elements(self, target: Target, condition: Condition) -> QuerySet[Any]:
        users = self.connection.visible_users().filter(condition(_MemberElements(self.connection)))
        return _memberships(self.connection).filter(
            group_id=OuterRef("group_id"), member_id__in=users.values("member_id")
        )


class _ValueRows(Rows):
    """Values of a multi-valued attribute that were stored with the link."""

    def column(self, target: Target) -> Column:
        if target.leaf.name == "value":
            return value_column(target.leaf)
        return stored_column(target.leaf.name, target.leaf)


class _ReferenceRows(Rows):
    """Links as the elements of the other kind's attribute."""

    resource_type: ResourceType
    type: str

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def column(self, target: Target) -> Column:
        match target.leaf.name:
            case "value":
                return _LINK_COLUMNS["id"]
            case "display":
                return _LINK_COLUMNS["displayName"]
            case "$ref":
                return _location_column(self.resource_type, self._connection, target.leaf)
            case _:
                return constant_column(self.type, target.leaf)


class _GroupElements(_ReferenceRows):
    resource_type = GROUP_TYPE
    type = "direct"


class _MemberElements(_ReferenceRows):
    resource_type = USER_TYPE
    type = "User"


class _SchemaRow(Rows):
    """One URN of `schemas`."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def column(self, target: Target) -> Column:
        return constant_column(self._schema.urn, target.leaf)


def is_present(target: Target, rows: Rows) -> Q:
    """Tell whether a target has a value on its row; a complex one has any part's."""
    if not target.leaf.is_complex:
        return presence(rows.column(target))
    if target.is_multi_valued:
        return Q()  # The row of an element would not be there without.
    parts = (replace(target, sub_attribute=each) for each in target.attribute.sub_attributes)
    kept = (is_present(part, rows) for part in parts if part.name not in COMPUTED)
    return Q(*kept, _connector=Q.OR)


def _memberships(connection: Connection) -> QuerySet[Any]:
    return registry.group_adapter().memberships(connection)


def _location_column(
    resource_type: ResourceType, connection: Connection, attribute: Attribute
) -> Column:
    collection = f"{connection.base_url}{resource_type.endpoint}/"
    return text_column(Concat(Value(collection), IdText(F("scim_id"))), attribute)
