"""A document as filters and sorts compare it: flat names, folded texts.

Must not know where the texts are stored, or the SQL that compares them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scim_provisioning.protocol.filters import Target, parse_date_time
from scim_provisioning.protocol.keys import comparison_key, index_key
from scim_provisioning.protocol.schemas import USER_TYPE, Attribute, AttributeType

_WITH_COLUMNS = frozenset({"userName", "displayName"})
"""These have a column and an index of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a multi-valued attribute."""

    attribute: str
    value_key: str
    """The key of its `value`, short enough to be indexed; "" if it has none."""
    comparable: dict[str, str]
    """Sub-attribute to folded text."""


def fold(attribute: Attribute, value: str | bool | datetime) -> str:
    """Make the text that two equal values of an attribute share; its order is theirs."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if attribute.type is AttributeType.DATE_TIME:
        moment = value if isinstance(value, datetime) else parse_date_time(value)
        return moment.isoformat(timespec="microseconds")
    text = str(value)
    return text if attribute.case_exact else comparison_key(text)


def singles(document: Mapping[str, Any]) -> dict[str, str]:
    """Fold a user's singular attributes, keyed as `Target.name`: `name.givenName`."""
    return {
        target.name: fold(target.leaf, value)
        for target, whole in _assigned(document)
        if not target.is_multi_valued and target.name not in _WITH_COLUMNS
        for target, value in _parts(target, whole)
    }


def values(document: Mapping[str, Any]) -> list[Value]:
    """Fold the values of a user's multi-valued attributes, in the document's order."""
    return [
        Value(
            attribute=target.name,
            value_key=index_key(element.get("value", "")),
            comparable={
                part.leaf.name: fold(part.leaf, value) for part, value in _parts(target, element)
            },
        )
        for target, elements in _assigned(document)
        if target.is_multi_valued
        for element in elements
    ]


def _assigned(document: Mapping[str, Any]) -> Iterator[tuple[Target, Any]]:
    for schema, attribute in USER_TYPE.walk():
        target = Target(schema=schema.urn, attribute=attribute)
        holder = document.get(schema.urn, {}) if target.is_extension else document
        if attribute.name in holder:
            yield target, holder[attribute.name]


def _parts(target: Target, value: Any) -> Iterator[tuple[Target, Any]]:
    """Take a complex value apart; a simple one is its own only part."""
    if not target.attribute.is_complex:
        yield target, value
        return
    for part in target.attribute.sub_attributes:
        if part.name in value:
            yield (
                Target(schema=target.schema, attribute=target.attribute, sub_attribute=part),
                value[part.name],
            )
