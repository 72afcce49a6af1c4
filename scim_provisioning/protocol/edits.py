"""Edits: what a PATCH operation does to a document, one class each (RFC 7644 §3.5.2).

Must not know the message an edit came from; its values are canonical already.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from scim_provisioning.protocol.errors import InvalidValue, NoTarget
from scim_provisioning.protocol.filters import Node, Target
from scim_provisioning.protocol.matching import comparable, select
from scim_provisioning.protocol.schemas import Attribute
from scim_provisioning.protocol.values import MAX_ELEMENTS, canonical_value

Json = Any
Document = dict[str, Any]
Element = dict[str, Any]


class Edit(Protocol):
    """One step of a patch on a draft, which it changes in place."""

    @property
    def target(self) -> Target: ...

    def apply(self, draft: Document) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Set an attribute, or one part of a single-valued complex one; None clears it."""

    target: Target
    value: Json | None

    def apply(self, draft: Document) -> None:
        holder, attribute = _holder(draft, self.target), self.target.attribute
        if self.target.sub_attribute:
            holder = holder.setdefault(attribute.name, {})
        if self.value is None:
            holder.pop(self.target.leaf.name, None)
        else:
            holder[self.target.leaf.name] = copy.deepcopy(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Append:
    """Add elements behind those that are there; a double may but become the primary one."""

    target: Target
    elements: list[Element]

    def apply(self, draft: Document) -> None:
        present = _elements(draft, self.target)
        places = {_identity(each): index for index, each in enumerate(present)}
        for element in self.elements:
            place = places.setdefault(_identity(element), len(present))
            if place == len(present):
                present.append({})
            present[place] |= element
            if element.get("primary"):
                _leave_one_primary(present, place)
        if len(present) > MAX_ELEMENTS:
            raise InvalidValue(f"{self.target.name} would hold more than {MAX_ELEMENTS} values.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Change parts of the selected elements; a part that becomes None is cleared.

    Without a condition all elements are selected. Where none is, `seed` and the changes make a
    new one; without a seed there is no target (RFC 7644 §3.5.2.3).
    """

    target: Target
    changes: Element
    condition: Node | None = None
    seed: Element | None = None

    def apply(self, draft: Document) -> None:
        elements = _elements(draft, self.target)
        selected = _selected(elements, self.condition) or self._make(elements)
        for index in selected:
            elements[index] |= self.changes
        if elements[selected[-1]].get("primary"):
            _leave_one_primary(elements, selected[-1])

    def _make(self, elements: list[Element]) -> list[int]:
        if self.seed is None:
            raise NoTarget(f"No value of {self.target.name} meets the path's condition.")
        elements.append(dict(self.seed))
        return [len(elements) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearPart:
    """Take one sub-attribute out of the selected elements."""

    target: Target
    sub_attribute: Attribute
    condition: Node | None = None

    def apply(self, draft: Document) -> None:
        elements = _elements(draft, self.target)
        for index in _selected(elements, self.condition):
            elements[index].pop(self.sub_attribute.name, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discard:
    """Take the selected elements out."""

    target: Target
    condition: Node

    def apply(self, draft: Document) -> None:
        elements = _elements(draft, self.target)
        selected = set(select(elements, self.condition))
        elements[:] = [each for index, each in enumerate(elements) if index not in selected]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearMatching:
    """Take the value of a single complex attribute out if it meets the condition."""

    target: Target
    condition: Node

    def apply(self, draft: Document) -> None:
        holder, name = _holder(draft, self.target), self.target.attribute.name
        if name in holder and select([holder[name]], self.condition):
            del holder[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardListed:
    """Take out each element that has all the parts of a listed one."""

    target: Target
    listed: list[Element]

    def apply(self, draft: Document) -> None:
        wanted = defaultdict[Json, list[Element]](list)
        for each in map(self._comparable, self.listed):
            wanted[each.get("value")].append(each)
        elements = _elements(draft, self.target)
        elements[:] = [each for each in elements if not self._is_listed(each, wanted)]

    def _is_listed(self, element: Element, wanted: dict[Json, list[Element]]) -> bool:
        parts = self._comparable(element)
        candidates = (*wanted.get(parts.get("value"), ()), *wanted.get(None, ()))
        return any(each.items() <= parts.items() for each in candidates)

    def _comparable(self, element: Element) -> Element:
        parts = self.target.attribute.sub_attributes
        return {
            part.name: comparable(part, element[part.name])
            for part in parts
            if part.name in element
        }


def tidy(draft: Document, targets: Iterable[Target]) -> None:
    """Bring the attributes that were edited back into canonical form."""
    whole = {replace(target, sub_attribute=None).name: target for target in targets}
    for name, target in whole.items():
        holder, attribute = _holder(draft, target), target.attribute
        value = canonical_value(attribute, holder.pop(attribute.name, None), where=name)
        if value is not None:
            holder[attribute.name] = value
        if target.is_extension and not holder:
            del draft[target.schema]


def _holder(draft: Document, target: Target) -> Document:
    """Find the object the attribute lies in: the document or the extension's, made if need be."""
    return draft.setdefault(target.schema, {}) if target.is_extension else draft


def _elements(draft: Document, target: Target) -> list[Element]:
    elements: list[Element] = _holder(draft, target).setdefault(target.attribute.name, [])
    return elements


def _selected(elements: list[Element], condition: Node | None) -> list[int]:
    return list(range(len(elements))) if condition is None else select(elements, condition)


def _identity(element: Element) -> frozenset[tuple[str, Json]]:
    """Tell elements apart; those that differ in `primary` alone are one."""
    return frozenset(item for item in element.items() if item[0] != "primary")


def _leave_one_primary(elements: list[Element], chosen: int) -> None:
    """Make a new primary element the only one (RFC 7644 §3.5.2)."""
    for index, element in enumerate(elements):
        if index != chosen and element.get("primary"):
            element["primary"] = False
