"""Sorts in SQL: `sortBy` becomes expressions that order the links of one connection.

Must not know which rows a filter leaves, or how a list is cut into pages.
"""

from __future__ import annotations

from dataclasses import replace

from django.db.models import F, OrderBy, Subquery
from django.db.models.expressions import Expression

from scim_provisioning.lookups.columns import sortable
from scim_provisioning.lookups.links import GroupRows, LinkRows, UserRows
from scim_provisioning.lookups.rows import COMPUTED
from scim_provisioning.models import Connection
from scim_provisioning.protocol.filters import Target


def user_ordering(
    sort_by: Target | None, *, descending: bool, connection: Connection
) -> list[OrderBy]:
    """Order user links by an attribute, then by age (RFC 7644 §3.4.2.3).

    Absent values come last, or first when descending; a multi-valued attribute counts as its
    primary or else its first value. An attribute without an order leaves age alone.
    """
    return _ordering(sort_by, UserRows(connection), descending=descending)


def group_ordering(
    sort_by: Target | None, *, descending: bool, connection: Connection
) -> list[OrderBy]:
    """Order group links by an attribute, then by age, as `user_ordering` does."""
    return _ordering(sort_by, GroupRows(connection), descending=descending)


def _ordering(sort_by: Target | None, rows: LinkRows, *, descending: bool) -> list[OrderBy]:
    by_age = F("id").asc()
    key = _sort_key(sort_by, rows) if sort_by else None
    if key is None:
        return [by_age]
    return [key.desc(nulls_first=True) if descending else key.asc(nulls_last=True), by_age]


def _sort_key(sort_by: Target, rows: LinkRows) -> Expression | Subquery | None:
    value = sort_by.attribute.sub_attribute("value") if sort_by.leaf.is_complex else None
    target = replace(sort_by, sub_attribute=value) if value else sort_by
    if target.leaf.is_complex or target.name in COMPUTED:
        return None
    if target.is_multi_valued:
        return rows.first_value(target)
    return sortable(rows.column(target))
