"""Where the attributes of users and groups stand: on their link, or on rows that belong to it.

Everything starts from one connection. Must not know how conditions are joined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Expression

from scim_provisioning.adapters import registry
from scim_provisioning.lookups.columns import (
    Column,
    compare,
    constant_column,
    exact_column,
    host_column,
    id_column,
    key_column,
    location_column,
    moment_column,
    sortable,
    stored_column,
)
from scim_provisioning.lookups.elements import (
    GroupReferenceRows,
    MemberReferenceRows,
    SchemaRow,
    ValueRows,
)
from scim_provisioning.lookups.rows import Condition, Rows, is_present
from scim_provisioning.models import Connection, UserValue, visible_groups, visible_users
from scim_provisioning.protocol.errors import InvalidFilter
from scim_provisioning.protocol.filters import Operator, Target
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE, ResourceType, Schema

_LINK_COLUMNS: Mapping[str, Column] = {
    "id": id_column(),
    "externalId": exact_column("external_id"),
    "displayName": key_column("display_name_key"),
    "meta.created": moment_column("created_at"),
    "meta.lastModified": moment_column("last_modified"),
}


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
            return location_column(self.connection, self.resource_type, target.leaf)
        raise InvalidFilter(f"{target.name} can't be filtered by.")

    def some(self, target: Target, condition: Condition) -> Q:
        if not target.is_multi_valued:
            return condition(self)
        if target.name == "schemas":
            return self._some_schema(condition)
        return self.some_element(target, condition)

    def some_element(self, target: Target, condition: Condition) -> Q:
        """Meet a condition with one element; the keys of all that do are found first.

        Unlike EXISTS, such a set is found by its index also under `or` and `not`.
        """
        raise NotImplementedError

    def first_value(self, target: Target) -> Expression | Subquery | None:
        """Give what a multi-valued target is sorted by; None if it has no order."""
        return None

    def memberships(self) -> QuerySet[Any]:
        return registry.group_adapter().memberships(self.connection.pk)

    def _some_schema(self, condition: Condition) -> Q:
        """Take each schema for a value; a link has an extension's if it has a value of it."""
        each_schema = (
            condition(SchemaRow(schema)) & self._uses(schema)
            for schema in self.resource_type.schemas
        )
        return Q(*each_schema, _connector=Q.OR)

    def _uses(self, schema: Schema) -> Q:
        if schema is self.resource_type.schema:
            return Q()
        targets = (Target(schema=schema.urn, attribute=each) for each in schema.attributes)
        return Q(*(is_present(target, self) for target in targets), _connector=Q.OR)


class UserRows(LinkRows):
    """The connection's people; what the host says of them goes before what is stored."""

    resource_type = USER_TYPE
    columns = {**_LINK_COLUMNS, "userName": key_column("user_name_key")}

    def column(self, target: Target) -> Column:
        lookup = registry.user_adapter().lookups.get(target.name)
        if lookup is not None:
            return host_column(lookup, target.leaf)
        if target.schema and target.name not in self.columns:
            return stored_column(target.name, target.leaf)
        return super().column(target)

    def some_element(self, target: Target, condition: Condition) -> Q:
        if target.attribute.name == "groups":
            return self._in_some_group(condition)
        return Q(pk__in=self._values(target).filter(condition(ValueRows())).values("link"))

    def first_value(self, target: Target) -> Expression | Subquery | None:
        if target.attribute.is_read_only or not target.schema:
            return None
        rows = ValueRows()
        primary = replace(target, sub_attribute=target.attribute.sub_attribute("primary"))
        is_primary = compare(rows.column(primary), Operator.EQ, True)
        first = (
            self._values(target)
            .filter(link=OuterRef("pk"))
            .annotate(sort_key=sortable(rows.column(target)))
            .order_by(Case(When(is_primary, then=Value(0)), default=Value(1)), "id")
        )
        return Subquery(first.values("sort_key")[:1])

    def _in_some_group(self, condition: Condition) -> Q:
        groups = visible_groups(self.connection).filter(
            condition(GroupReferenceRows(self.connection))
        )
        memberships = self.memberships().filter(group_id__in=groups.values("group_id"))
        return Q(member_id__in=memberships.values("member_id"))

    def _values(self, target: Target) -> QuerySet[UserValue]:
        return UserValue.objects.filter(
            connection_id=self.connection.pk, attribute=target.attribute.name
        )


class GroupRows(LinkRows):
    """The connection's groups."""

    resource_type = GROUP_TYPE

    def some_element(self, target: Target, condition: Condition) -> Q:
        users = visible_users(self.connection).filter(
            condition(MemberReferenceRows(self.connection))
        )
        memberships = self.memberships().filter(member_id__in=users.values("member_id"))
        return Q(group_id__in=memberships.values("group_id"))
