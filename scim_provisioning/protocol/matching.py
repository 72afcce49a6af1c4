"""Evaluation of a bound filter on a resource in memory (RFC 7644 §3.4.2.2).

PATCH selects elements with it, and the SQL of a filter is tested against it.
Must not know where the resource came from.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from scim_provisioning.protocol.filters import (
    And,
    Comparison,
    ElementMatch,
    Node,
    Not,
    Nothing,
    Operator,
    Or,
    Presence,
    Target,
    parse_date_time,
)
from scim_provisioning.protocol.keys import comparison_key
from scim_provisioning.protocol.schemas import Attribute, AttributeType

Json = Any
Reader = Callable[[Target], list[Json]]
"""Finds the assigned values of a target, none or one for a single-valued attribute."""

_TESTS: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQ: operator.eq,
    Operator.NE: operator.eq,
    Operator.CO: operator.contains,
    Operator.SW: str.startswith,
    Operator.EW: str.endswith,
    Operator.GT: operator.gt,
    Operator.GE: operator.ge,
    Operator.LT: operator.lt,
    Operator.LE: operator.le,
}
_UNASSIGNED: tuple[Json, ...] = (None, "", [], {})


def matches(node: Node, resource: Mapping[str, Json]) -> bool:
    """Tell whether a full representation meets a filter."""
    return _holds(node, partial(_values, resource))


def select(elements: Sequence[Mapping[str, Json]], condition: Node) -> list[int]:
    """Find the positions of the elements of one attribute that meet a value path's condition."""
    return [
        index
        for index, element in enumerate(elements)
        if _holds(condition, partial(_element_values, element))
    ]


def comparable(leaf: Attribute, value: Json) -> Json:
    """Bring a value into the form that two equal ones share; None if it has none."""
    if leaf.type is AttributeType.BOOLEAN:
        return value if isinstance(value, bool) else None
    if not isinstance(value, str):
        return value if leaf.type is AttributeType.DATE_TIME else None
    if leaf.type is AttributeType.DATE_TIME:
        return parse_date_time(value)
    return value if leaf.case_exact else comparison_key(value)


def _holds(node: Node, read: Reader) -> bool:
    match node:
        case And(terms=terms):
            return all(_holds(term, read) for term in terms)
        case Or(terms=terms):
            return any(_holds(term, read) for term in terms)
        case Not(term=term):
            return not _holds(term, read)
        case Comparison():
            return _compares(node, read(node.target))
        case Presence(target=target):
            return any(_is_assigned(value) for value in read(target))
        case ElementMatch(target=target, condition=condition):
            return bool(select(read(target), condition))
        case Nothing():
            return False


def _compares(comparison: Comparison, values: list[Json]) -> bool:
    """Compare; one value that fits is enough, but `ne` wants that none is equal."""
    leaf = comparison.target.leaf
    test = _TESTS[comparison.operator]
    operand = comparable(leaf, comparison.operand)
    found = any(
        test(known, operand) for value in values if (known := comparable(leaf, value)) is not None
    )
    return found is not (comparison.operator is Operator.NE)


def _values(resource: Mapping[str, Json], target: Target) -> list[Json]:
    holder = resource.get(target.schema, {}) if target.is_extension else resource
    value = holder.get(target.attribute.name)
    elements = value if isinstance(value, list) else [value]
    if target.sub_attribute is None:
        return [element for element in elements if _is_assigned(element)]
    return [
        found
        for element in elements
        if isinstance(element, Mapping)
        for found in _element_values(element, target)
    ]


def _element_values(element: Mapping[str, Json], target: Target) -> list[Json]:
    value = element.get(target.leaf.name)
    return [value] if _is_assigned(value) else []


def _is_assigned(value: Json) -> bool:
    """Tell whether a value counts as present (RFC 7643 §2.5)."""
    if isinstance(value, Mapping):
        return any(_is_assigned(each) for each in value.values())
    return value not in _UNASSIGNED
