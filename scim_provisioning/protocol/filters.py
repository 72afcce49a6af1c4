"""Filters: a text becomes a tree of conditions on the attribute table (RFC 7644 §3.4.2.2).

The grammar is scim2-models'; here its names are bound to attributes and its operands to types.
Must not know how a condition is evaluated: matching.py does so in Python, lookups/ in SQL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from scim2_models import SCIMException
from scim2_models import path as grammar

from scim_provisioning.protocol.errors import InvalidFilter, TooMany
from scim_provisioning.protocol.schemas import (
    RESOURCE_TYPES,
    Attribute,
    AttributeType,
    ResourceType,
    Returned,
)

MAX_FILTER_LENGTH = 8_192
"""Characters; a name and its URN are a hundred, so no client comes near."""
MAX_BRACKETS = 500
MAX_TERMS = 100
MAX_DEPTH = 20

_UNPREFIXED = frozenset({"", *(each.schema.urn for each in RESOURCE_TYPES)})
_NEVER_STORED = re.compile("[\x00\ud800-\udfff]")


class Operator(StrEnum):
    EQ = "eq"
    NE = "ne"
    CO = "co"
    SW = "sw"
    EW = "ew"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"


ORDERING = frozenset({Operator.GT, Operator.GE, Operator.LT, Operator.LE})
SUBSTRING = frozenset({Operator.CO, Operator.SW, Operator.EW})

Operand = str | bool | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An attribute or sub-attribute of the table, and the schema it belongs to."""

    schema: str
    """The URN of the core schema or extension; "" for a common attribute such as `meta`."""
    attribute: Attribute
    sub_attribute: Attribute | None = None

    @property
    def name(self) -> str:
        """The canonical spelling: `name.givenName`, `meta.created`, `urn:…:User:department`."""
        head = f"{self.schema}:{self.attribute.name}" if self.is_extension else self.attribute.name
        return f"{head}.{self.sub_attribute.name}" if self.sub_attribute else head

    @property
    def leaf(self) -> Attribute:
        """The attribute whose value is compared."""
        return self.sub_attribute or self.attribute

    @property
    def is_multi_valued(self) -> bool:
        return self.attribute.multi_valued

    @property
    def is_extension(self) -> bool:
        """Whether the value lies in an object under the schema's URN."""
        return self.schema not in _UNPREFIXED


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`target operator operand`; the operand has the type of the target's leaf."""

    target: Target
    operator: Operator
    operand: Operand


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """`target pr`; also `ne null`, and negated `eq null`."""

    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementMatch:
    """`target[condition]`: one and the same element meets the whole condition.

    The targets inside the condition are full ones, such as `emails.type`.
    """

    target: Target
    condition: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    term: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """Select nothing: what a condition on an unknown attribute comes to."""


Node = Comparison | Presence | ElementMatch | And | Or | Not | Nothing


def parse_filter(text: str, resource_type: ResourceType) -> Node:
    """Parse a filter and bind it to the attributes of a resource type.

    A condition on an unknown attribute selects nothing, also when it is negated: a filter that
    is not understood never finds more. Short texts are parsed once (the grammar keeps them).

    Raises InvalidFilter, TooMany.
    """
    if len(text) > MAX_FILTER_LENGTH:
        raise TooMany(f"The filter is longer than {MAX_FILTER_LENGTH} characters.")
    if text.count("(") + text.count("[") > MAX_BRACKETS:
        raise InvalidFilter(f"The filter has more than {MAX_BRACKETS} brackets.")
    return bind(_read(text), resource_type)


def bind(
    tree: grammar.FilterNode, resource_type: ResourceType, *, element: Target | None = None
) -> Node:
    """Bind a parsed filter to the attribute table, within the caps on terms and depth.

    With `element` it is the condition between that attribute's brackets.
    Raises InvalidFilter, TooMany.
    """
    _check_size(tree)
    return _Binder(resource_type, element).node(tree, negated=False)


def find_target(path: grammar.AttrPath, resource_type: ResourceType) -> Target | None:
    """Find what a name means, in any case, with or without its schema's URN.

    A name without URN is a common attribute, else the core schema's, else an extension's: Entra
    says `manager` for the enterprise attribute (entra/patch_oddities.json).
    """
    places = (None,) if path.uri else (None, *resource_type.extensions)
    for place in places:
        found = resource_type.locate(str(path), within=place)
        if found is not None:
            return Target(
                schema=found.schema.urn if found.schema else "",
                attribute=found.attribute,
                sub_attribute=found.sub_attribute,
            )
    return None


def count_conditions(node: Node) -> int:
    """Count the comparisons that evaluating a filter once may take."""
    match node:
        case And(terms=terms) | Or(terms=terms):
            return sum(map(count_conditions, terms))
        case Not(term=inner) | ElementMatch(condition=inner):
            return count_conditions(inner)
        case _:
            return 1


def parse_date_time(text: str) -> datetime:
    """Read an ISO 8601 text as an instant in UTC, which it is taken for when it names no zone.

    Raises ValueError.
    """
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("The date is out of range.") from error


def unreadable(error: Exception, what: str) -> str:
    """Say where the grammar gave up, without repeating the text, which may be personal."""
    cause = error.__cause__
    if getattr(getattr(cause, "token", None), "type", None) == "$END":
        return f"The {what} ends too early."
    position = getattr(cause, "pos_in_stream", None)
    if position is None:
        return f"The {what} is not valid."
    return f"The {what} can't be read from character {position + 1} on."


def _read(text: str) -> grammar.FilterNode:
    try:
        return grammar.ScimFilter(text).ast
    except (SCIMException, ValueError, RecursionError) as error:
        raise InvalidFilter(unreadable(error, "filter")) from error


def _check_size(tree: grammar.FilterNode) -> None:
    terms = 0
    level = [tree]
    for _ in range(MAX_DEPTH + 1):
        terms += sum(isinstance(node, grammar.Comparison | grammar.Present) for node in level)
        level = [child for node in level for child in _children(node)]
    if level:
        raise InvalidFilter(f"The filter is nested more than {MAX_DEPTH} levels deep.")
    if terms > MAX_TERMS:
        raise TooMany(f"The filter has more than {MAX_TERMS} conditions.")


def _children(node: grammar.FilterNode) -> tuple[grammar.FilterNode, ...]:
    match node:
        case grammar.LogicalExpr(terms=terms):
            return terms
        case grammar.Not(expr=inner) | grammar.ValuePath(val_filter=inner):
            return (inner,)
        case _:
            return ()


class _Binder:
    """Walks one parsed filter; `element` is the attribute whose brackets it is inside of."""

    def __init__(self, resource_type: ResourceType, element: Target | None = None) -> None:
        self._resource_type = resource_type
        self._element = element

    def node(self, tree: grammar.FilterNode, *, negated: bool) -> Node:
        match tree:
            case grammar.LogicalExpr():
                return self._logical(tree, negated=negated)
            case grammar.Not(expr=inner):
                term = self.node(inner, negated=not negated)
                return term if isinstance(term, Nothing) else Not(term=term)
            case grammar.ValuePath():
                return self._element_match(tree, negated=negated)
            case grammar.Present(attr_path=path):
                target = self._target(path)
                return Presence(target=target) if target else Nothing()
            case grammar.Comparison():
                return self._comparison(tree)
        raise InvalidFilter

    def _logical(self, tree: grammar.LogicalExpr, *, negated: bool) -> Node:
        """Join the terms; an unknown one never makes the whole find more.

        `or` leaves it out, but under `not`, where leaving it out would widen, it decides.
        """
        terms = tuple(self.node(term, negated=negated) for term in tree.terms)
        known = tuple(term for term in terms if not isinstance(term, Nothing))
        is_and = tree.op is grammar.LogicalOperator.and_
        if not known or (len(known) < len(terms) and (is_and or negated)):
            return Nothing()
        if len(known) == 1:
            return known[0]
        return And(terms=known) if is_and else Or(terms=known)

    def _element_match(self, tree: grammar.ValuePath, *, negated: bool) -> Node:
        target = self._target(tree.attr_path)
        if target is None:
            return Nothing()
        if not target.attribute.is_complex or self._element:
            raise InvalidFilter(f"{target.name} has no sub-attributes to select by.")
        inner = _Binder(self._resource_type, target).node(tree.val_filter, negated=negated)
        return inner if isinstance(inner, Nothing) else ElementMatch(target=target, condition=inner)

    def _comparison(self, tree: grammar.Comparison) -> Node:
        target = self._target(tree.attr_path)
        if target is None:
            return Nothing()
        operator = Operator(tree.op.value)
        if tree.value is None:
            return _null_comparison(target, operator)
        target = _valued(target)
        operand = _operand(target, operator, tree.value)
        return Comparison(target=target, operator=operator, operand=operand)

    def _target(self, path: grammar.AttrPath) -> Target | None:
        """Find the attribute, or the sub-attribute inside brackets; hide what is never returned."""
        if self._element is None:
            target = find_target(path, self._resource_type)
        else:
            target = _sub_target(self._element, path)
        # A filter on the password would tell it letter by letter.
        if target is None or target.attribute.returned is Returned.NEVER:
            return None
        return target


def _sub_target(element: Target, path: grammar.AttrPath) -> Target | None:
    sub_attribute = element.attribute.sub_attribute(path.attr)
    if sub_attribute is None or path.sub_attr or path.uri:
        return None
    return replace(element, sub_attribute=sub_attribute)


def _null_comparison(target: Target, operator: Operator) -> Node:
    if operator is Operator.EQ:
        return Not(term=Presence(target=target))
    if operator is Operator.NE:
        return Presence(target=target)
    raise InvalidFilter(f"{target.name} can't be compared with null by {operator}.")


def _valued(target: Target) -> Target:
    """Read a complex attribute compared bare as its `value`: `members eq "id"`."""
    if not target.leaf.is_complex:
        return target
    value = target.attribute.sub_attribute("value")
    if value is None:
        raise InvalidFilter(f"{target.name} is compared by one of its sub-attributes.")
    return replace(target, sub_attribute=value)


def _operand(target: Target, operator: Operator, value: Any) -> Operand:
    """Give the operand the type of the attribute (RFC 7644 §3.4.2.2, table 3)."""
    kind = target.leaf.type
    unordered = kind in (AttributeType.BOOLEAN, AttributeType.BINARY)
    if operator in ORDERING and unordered:
        raise InvalidFilter(f"{target.name} has no order; {operator} can't be used.")
    untextual = kind in (AttributeType.BOOLEAN, AttributeType.DATE_TIME)
    if operator in SUBSTRING and (untextual or not isinstance(value, str)):
        raise InvalidFilter(f"{operator} compares text, which {target.name} is not given.")
    if kind is AttributeType.BOOLEAN:
        return _boolean(target, value)
    if isinstance(value, bool):
        raise InvalidFilter(f"{target.name} is not a boolean.")
    text = str(value)
    if _NEVER_STORED.search(text):
        raise InvalidFilter(f"{target.name} is compared with characters that no text has.")
    return _date_time(target, text) if kind is AttributeType.DATE_TIME else text


def _boolean(target: Target, value: Any) -> bool:
    """Read true and false, also as text: Entra compares with "True" (entra/patch_oddities.json)."""
    known = {"true": True, "false": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in known:
        return known[value.lower()]
    raise InvalidFilter(f"{target.name} is either true or false.")


def _date_time(target: Target, text: str) -> datetime:
    try:
        return parse_date_time(text)
    except ValueError as error:
        raise InvalidFilter(f"{target.name} is compared with a date and time.") from error
