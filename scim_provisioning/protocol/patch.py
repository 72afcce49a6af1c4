"""PATCH, compiled: a message becomes edits and a membership change (RFC 7644 §3.5.2).

Whatever is wrong with the message is found here, before any state is read.
Must not know who sends it (dialects.py) or where the resource is stored.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from scim_provisioning.protocol.dialects import Operation, Tolerance, Verb, read_operations
from scim_provisioning.protocol.edits import (
    Append,
    Assign,
    ClearMatching,
    ClearPart,
    Discard,
    DiscardListed,
    Document,
    Edit,
    Element,
    Update,
    tidy,
)
from scim_provisioning.protocol.errors import (
    InvalidPath,
    InvalidValue,
    Mutability,
    NoTarget,
    TooMany,
)
from scim_provisioning.protocol.filters import (
    And,
    Comparison,
    Node,
    Operator,
    Target,
    count_conditions,
)
from scim_provisioning.protocol.membership import (
    AddMembers,
    MembershipChange,
    RemoveMembers,
    RemoveSelected,
    ReplaceMembers,
    Step,
    fold,
)
from scim_provisioning.protocol.paths import (
    PatchPath,
    Path,
    SchemaPath,
    UnknownPath,
    parse_path,
)
from scim_provisioning.protocol.schemas import Attribute, ResourceType, Returned
from scim_provisioning.protocol.schemas import Mutability as Mutable
from scim_provisioning.protocol.values import canonical_value, fold_names

Json = Any

MAX_SEARCH_CONDITIONS = 200
"""In all value paths together; Entra's validator sends about ten."""

_CLEARED: tuple[Json, ...] = (None, "", [])
_REMOVALS = (Verb.REMOVE, Verb.REMOVE_VALUES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """A compiled PATCH message, to be applied to any number of documents."""

    edits: tuple[Edit, ...]
    membership: MembershipChange | None
    """What happens to a group's members; None when no operation is about them."""
    attributes: frozenset[str]
    """The top-level names that are touched; an extension counts as its URN."""

    def apply(self, document: Document) -> Document:
        """Return the patched document; the one that was given stays as it is.

        A group's `members` are patched too; who has not loaded them goes by `membership`, and
        leaves the `members` of the answer alone.

        Raises NoTarget, InvalidValue.
        """
        draft = {
            name: value if name == "members" else copy.deepcopy(value)
            for name, value in document.items()
        }
        for edit in self.edits:
            edit.apply(draft)
        tidy(draft, [edit.target for edit in self.edits])
        if self.membership is not None:
            _apply_membership(draft, self.membership)
        return draft


def compile_patch(
    payload: Json, resource_type: ResourceType, *, tolerances: Iterable[Tolerance] | None = None
) -> Patch:
    """Compile a PATCH message; without `tolerances` named, all of the table are in force.

    Raises InvalidSyntax, InvalidPath, InvalidFilter, InvalidValue, Mutability, NoTarget, TooMany,
    PayloadTooLarge.
    """
    compiled = [
        step
        for operation in read_operations(payload, resource_type, tolerances=tolerances)
        for step in _compile(operation, resource_type)
    ]
    steps = [step for step in compiled if isinstance(step, Step)]
    edits = tuple(step for step in compiled if not isinstance(step, Step))
    if sum(map(_search_conditions, edits)) > MAX_SEARCH_CONDITIONS:
        raise TooMany(f"The paths have more than {MAX_SEARCH_CONDITIONS} conditions on values.")
    touched = {_top_level_name(edit.target) for edit in edits}
    return Patch(
        edits=edits,
        membership=fold(steps) if steps else None,
        attributes=frozenset(touched | {"members"} if steps else touched),
    )


def _search_conditions(edit: Edit) -> int:
    """Count what an edit compares with each element that is there."""
    match edit:
        case Assign() | Append():
            return 0
        case (
            Update(condition=condition)
            | ClearPart(condition=condition)
            | Discard(condition=condition)
            | ClearMatching(condition=condition)
        ) if condition is not None:
            return count_conditions(condition)
    return 1


def _top_level_name(target: Target) -> str:
    return target.schema if target.is_extension else target.attribute.name


def _apply_membership(draft: Document, change: MembershipChange) -> None:
    current = [member["value"] for member in draft.pop("members", [])]
    final = change.apply(current)
    ids = [each for each in current if each in final] + sorted(final.difference(current))
    if ids:
        draft["members"] = [{"value": each} for each in ids]


def _compile(operation: Operation, resource_type: ResourceType) -> Iterator[Edit | Step]:
    path = operation.path
    if operation.verb not in _REMOVALS and not operation.has_value:
        raise InvalidValue(f"The operation {operation.verb} needs a value.")
    if path is None:
        yield from _at_resource(operation, resource_type)
    elif isinstance(path, UnknownPath):
        raise InvalidPath(f"{path.name} is not an attribute of {resource_type.name}.")
    elif isinstance(path, SchemaPath):
        yield from _at_schema(path, operation, resource_type)
    elif not _is_changeable(path):
        raise Mutability(f"{_name(path)} is read-only.")
    else:
        yield from _at_attribute(path, operation)


def _at_resource(
    operation: Operation, resource_type: ResourceType, *, prefix: str = ""
) -> Iterator[Edit | Step]:
    """Compile a value that is an object of attributes (RFC 7644 §3.5.2.1, §3.5.2.3)."""
    if operation.verb in _REMOVALS:
        raise NoTarget("The operation remove needs a path to an attribute.")
    yield from _at_names(operation, resource_type, prefix=prefix)


def _at_schema(
    path: SchemaPath, operation: Operation, resource_type: ResourceType
) -> Iterator[Edit | Step]:
    schema = path.schema
    if schema is resource_type.schema:
        yield from _at_resource(operation, resource_type, prefix=f"{schema.urn}:")
    elif operation.verb in _REMOVALS or operation.value in _CLEARED:
        for attribute in schema.attributes:
            yield Assign(target=Target(schema=schema.urn, attribute=attribute), value=None)
    else:
        yield from _at_names(operation, resource_type, prefix=f"{schema.urn}:")


def _at_names(
    operation: Operation, resource_type: ResourceType, *, prefix: str
) -> Iterator[Edit | Step]:
    """Take each name of the value for a path; what is unknown or read-only is left out.

    Okta puts the `id` into a renaming (okta/group_push_oin.json).
    """
    if not isinstance(operation.value, dict):
        raise InvalidValue("Without a path to an attribute, value must be an object.")
    fold_names(operation.value, where="value")
    for name, value in operation.value.items():
        path = _path_of_name(prefix + name, resource_type)
        part = replace(operation, path=path, value=value)
        if isinstance(path, SchemaPath):
            yield from _at_schema(path, part, resource_type)
        elif isinstance(path, PatchPath) and _is_changeable(path):
            yield from _at_attribute(path, part)


def _path_of_name(name: str, resource_type: ResourceType) -> Path | None:
    try:
        return parse_path(name, resource_type)
    except InvalidPath:
        return None


def _is_changeable(path: PatchPath) -> bool:
    """Tell whether the path ends at something clients may change (RFC 7643 §2.2)."""
    fixed = (Mutable.READ_ONLY, Mutable.IMMUTABLE)
    return not path.target.attribute.is_read_only and path.leaf.mutability not in fixed


def _name(path: PatchPath) -> str:
    return (
        f"{path.target.name}.{path.sub_attribute.name}" if path.sub_attribute else path.target.name
    )


def _at_attribute(path: PatchPath, operation: Operation) -> Iterator[Edit | Step]:
    target = path.target
    # A password is of no use here, and `schemas` follows from what a resource holds.
    if target.attribute.returned is Returned.NEVER or target.name == "schemas":
        return
    if target.attribute.is_membership:
        yield from _at_members(path, operation)
    elif path.condition is not None and not target.is_multi_valued:
        yield _at_single_selection(path, operation)
    elif path.condition is not None and path.sub_attribute is None:
        yield from _at_selection(target, path.condition, operation)
    elif path.sub_attribute is not None:
        seed = _seed(path.condition) if operation.may_create else None
        yield _at_part(target, path.sub_attribute, operation, condition=path.condition, seed=seed)
    elif target.is_multi_valued and target.sub_attribute is not None:
        whole = replace(target, sub_attribute=None)
        yield _at_part(whole, target.sub_attribute, operation, condition=None, seed={})
    elif target.is_multi_valued:
        yield _at_all(target, operation)
    else:
        value = None if operation.verb in _REMOVALS else operation.value
        yield from _at_single(target, value)


def _at_single_selection(path: PatchPath, operation: Operation) -> ClearMatching:
    if path.condition is None or not operation.may_select_single:
        raise InvalidPath(f"{path.target.name} has no elements to select from.")
    return ClearMatching(target=path.target, condition=path.condition)


def _at_members(path: PatchPath, operation: Operation) -> Iterator[Step]:
    """Compile an operation on a group's members, whoever they are now."""
    value = None if operation.verb is Verb.REMOVE else operation.value
    elements = canonical_value(path.target.attribute, value, where="members") or []
    ids = frozenset[str](element["value"] for element in elements)
    if path.condition is not None and operation.verb is not Verb.ADD:
        yield RemoveSelected(condition=path.condition)
    if path.condition is not None or operation.verb is Verb.ADD:
        yield AddMembers(ids=ids)
    elif operation.verb is Verb.REMOVE_VALUES:
        yield RemoveMembers(ids=ids)
    else:
        yield ReplaceMembers(ids=ids)


def _at_single(target: Target, value: Json) -> Iterator[Assign]:
    """Set a single value; add and replace are alike (RFC 7644 §3.5.2.1)."""
    attribute = target.attribute
    if target.sub_attribute is None and attribute.is_complex:
        yield from _at_complex(target, value)
    elif target.sub_attribute is not None and target.sub_attribute.name == "value":
        yield from _at_complex(replace(target, sub_attribute=None), {"value": value})
    else:
        known = canonical_value(target.leaf, value, where=target.name)
        if known is None and target.leaf.required:
            raise InvalidValue(f"{target.name} is required.")
        yield Assign(target=target, value=known)


def _at_complex(target: Target, value: Json) -> Iterator[Assign]:
    """Set the parts that are given and leave the others, unless a new `value` outdates them.

    The `$ref` of a manager belongs to the manager's `value`.
    """
    known = canonical_value(target.attribute, value, where=target.name)
    given = _given_parts(value)
    if given is None:
        yield Assign(target=target, value=None)
    elif "value" in given and target.attribute.sub_attribute("value"):
        yield Assign(target=target, value=known if known and "value" in known else None)
    else:
        for part in target.attribute.sub_attributes:
            if part.name.lower() in given and not part.is_read_only:
                place = replace(target, sub_attribute=part)
                yield Assign(target=place, value=(known or {}).get(part.name))


def _at_all(target: Target, operation: Operation) -> Edit:
    """Compile an operation on all elements of a multi-valued attribute."""
    value = None if operation.verb is Verb.REMOVE else operation.value
    elements = canonical_value(target.attribute, value, where=target.name)
    if operation.verb is Verb.ADD:
        return Append(target=target, elements=elements or [])
    if operation.verb is Verb.REMOVE_VALUES:
        return DiscardListed(target=target, listed=elements or [])
    return Assign(target=target, value=elements)


def _at_selection(target: Target, condition: Node, operation: Operation) -> Iterator[Edit]:
    """Compile an operation on the elements that meet a condition.

    An object sets the parts that it gives, as it does in a single complex attribute.
    """
    if operation.verb in _REMOVALS or (
        operation.verb is Verb.REPLACE and operation.value in _CLEARED
    ):
        yield Discard(target=target, condition=condition)
        return
    changes = _parts(target, operation.value)
    if changes:
        yield Update(
            target=target,
            condition=condition,
            changes=changes,
            seed=_seed(condition) if operation.may_create else None,
        )


def _at_part(
    target: Target,
    sub_attribute: Attribute,
    operation: Operation,
    *,
    condition: Node | None,
    seed: Element | None,
) -> Edit:
    """Compile an operation on one sub-attribute of some or all elements."""
    value = None if operation.verb in _REMOVALS else operation.value
    where = f"{target.name}.{sub_attribute.name}"
    known = canonical_value(sub_attribute, value, where=where)
    if known is None:
        return ClearPart(target=target, condition=condition, sub_attribute=sub_attribute)
    changes = {sub_attribute.name: known}
    return Update(target=target, condition=condition, changes=changes, seed=seed)


def _given_parts(value: Json) -> dict[str, Json] | None:
    """Key a complex value by the lower-case names that it gives; None when it is cleared."""
    if isinstance(value, list) and value:
        value = value[0]
    if value in _CLEARED:
        return None
    return fold_names(value, where="value") if isinstance(value, dict) else {"value": value}


def _parts(target: Target, value: Json) -> Element:
    """Canonicalise the parts that one element is given; None stands for a cleared one."""
    given = _given_parts(value) or {}
    if not isinstance(value, dict | list) and target.attribute.sub_attribute("value") is None:
        raise InvalidValue(f"{target.name} must be an object.")
    return {
        part.name: canonical_value(
            part, given[part.name.lower()], where=f"{target.name}.{part.name}"
        )
        for part in target.attribute.sub_attributes
        if part.name.lower() in given and not part.is_read_only
    }


def _seed(condition: Node | None) -> Element | None:
    """Read a condition of plain `eq` as the element it describes; None when it describes none."""
    match condition:
        case Comparison(target=target, operator=Operator.EQ, operand=operand):
            leaf = target.leaf
            return {leaf.name: canonical_value(leaf, operand, where=target.name)}
        case And(terms=terms):
            seed: Element = {}
            for described in map(_seed, terms):
                if described is None or any(seed.get(k, v) != v for k, v in described.items()):
                    return None
                seed |= described
            return seed
    return None
