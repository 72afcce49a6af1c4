"""PATCH paths: a text becomes the place in a resource that it names (RFC 7644 §3.5.2).

Must not know which operation uses the path or what is stored at the place.
"""

from __future__ import annotations

from dataclasses import dataclass

from scim2_models import SCIMException
from scim2_models import path as grammar

from scim_provisioning.protocol.errors import InvalidPath
from scim_provisioning.protocol.filters import Node, Target, bind, find_target, unreadable
from scim_provisioning.protocol.schemas import Attribute, ResourceType, Schema

MAX_PATH_LENGTH = 2_048
"""Characters."""
MAX_BRACKETS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PatchPath:
    """`attr`, `attr.sub`, `attr[condition]` or `attr[condition].sub`, with or without a URN.

    The sub-attribute of `attr.sub` is the target's; the one behind brackets is `sub_attribute`.
    """

    target: Target
    condition: Node | None = None
    sub_attribute: Attribute | None = None

    @property
    def leaf(self) -> Attribute:
        """The attribute that the path ends at."""
        return self.sub_attribute or self.target.leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaPath:
    """A bare schema URN: the extension's object, or with the core URN the resource itself."""

    schema: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownPath:
    """A well-formed path to no attribute of the table."""

    name: str
    is_foreign: bool
    """Whether it names a schema that is not spoken here."""


Path = PatchPath | SchemaPath | UnknownPath


def parse_path(text: str, resource_type: ResourceType) -> Path:
    """Parse a path and find its place in the attribute table; names are in any case.

    Raises InvalidPath when the grammar is broken; InvalidFilter, TooMany for its condition.
    """
    schema = resource_type.schema_of(text)
    if schema is not None:
        return SchemaPath(schema=schema)
    tree = _read(text)
    if isinstance(tree, grammar.AttrPath):
        target = find_target(tree, resource_type)
        return PatchPath(target=target) if target else _unknown(tree, resource_type)
    if isinstance(tree, grammar.ValuePath):
        return _selection(tree, resource_type)
    raise InvalidPath("A path names an attribute; a comparison goes between its brackets.")


def _read(text: str) -> grammar.PathNode:
    if len(text) > MAX_PATH_LENGTH:
        raise InvalidPath(f"The path is longer than {MAX_PATH_LENGTH} characters.")
    if text.count("(") + text.count("[") > MAX_BRACKETS:
        raise InvalidPath(f"The path has more than {MAX_BRACKETS} brackets.")
    try:
        tree = grammar.Path(text).ast
    except (SCIMException, ValueError, RecursionError) as error:
        raise InvalidPath(unreadable(error, "path")) from error
    if tree is None:
        raise InvalidPath("The path is empty.")
    return tree


def _selection(tree: grammar.ValuePath, resource_type: ResourceType) -> Path:
    target = find_target(tree.attr_path, resource_type)
    if target is None:
        return _unknown(tree.attr_path, resource_type)
    is_plural = target.is_multi_valued
    if not target.attribute.is_complex or not (is_plural or tree.sub_attr is None):
        raise InvalidPath(f"{target.name} has no elements to select from.")
    sub_attribute = target.attribute.sub_attribute(tree.sub_attr) if tree.sub_attr else None
    if tree.sub_attr and sub_attribute is None:
        return UnknownPath(name=f"{target.name}.{tree.sub_attr}", is_foreign=False)
    return PatchPath(
        target=target,
        condition=bind(tree.val_filter, resource_type, element=target),
        sub_attribute=sub_attribute,
    )


def _unknown(path: grammar.AttrPath, resource_type: ResourceType) -> UnknownPath:
    is_foreign = path.uri is not None and resource_type.schema_of(path.uri) is None
    return UnknownPath(name=str(path), is_foreign=is_foreign)
