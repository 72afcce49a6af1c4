"""From a PATCH message as clients spell it to plain operations (RFC 7644 §3.5.2).

The one place that knows vendors: a tolerance is a row of the table, named after what it lets pass.
Must not know what an operation does to a resource.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from scim_provisioning.protocol.errors import InvalidPath, InvalidSyntax, PayloadTooLarge
from scim_provisioning.protocol.paths import PatchPath, Path, UnknownPath, parse_path
from scim_provisioning.protocol.schemas import ResourceType
from scim_provisioning.protocol.values import fold_names

Json = Any

MAX_OPERATIONS = 1_000


class Verb(StrEnum):
    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"
    REMOVE_VALUES = "remove values"
    """Not of the RFC and never read from a message: take only the listed values out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of a PATCH message; its path is parsed, its value is still raw JSON."""

    verb: Verb
    path: Path | None = None
    value: Json = None
    has_value: bool = False
    """Whether there was a `value` at all: null is one."""
    may_create: bool = False
    """Whether a value path that selects nothing makes the element it describes."""
    may_select_single: bool = False
    """Whether a condition may be put to an attribute that has one value."""


Rewrite = Callable[[Operation], Operation | None]
"""Turns an operation into what its sender means; None when that is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """A spelling outside of the RFC, who sends it, and where that was recorded."""

    name: str
    senders: tuple[str, ...]
    recording: str
    """A file under tests/idp/."""
    rewrite: Rewrite


def read_operations(
    payload: Json, resource_type: ResourceType, *, tolerances: Iterable[Tolerance] | None = None
) -> Iterator[Operation]:
    """Read the operations of a PATCH message, each as the table's tolerances understand it.

    Names of keys and operations are in any case; a null path is none. An empty list is harmless:
    Entra's validator sends one (entra/patch_oddities.json).

    Raises InvalidSyntax, InvalidPath, InvalidFilter, PayloadTooLarge.
    """
    rows = TOLERANCES if tolerances is None else tuple(tolerances)
    for number, raw in enumerate(_raw_operations(payload), start=1):
        operation: Operation | None = _operation(raw, f"Operations[{number}]", resource_type)
        for row in rows:
            if operation is not None:
                operation = row.rewrite(operation)
        if operation is not None:
            yield operation


def _raw_operations(payload: Json) -> list[Json]:
    if not isinstance(payload, dict):
        raise InvalidSyntax("A PATCH message is an object with Operations.")
    operations = fold_names(payload, where="the message").get("operations")
    if not isinstance(operations, list):
        raise InvalidSyntax("Operations is required and is a list.")
    if len(operations) > MAX_OPERATIONS:
        raise PayloadTooLarge(f"There are more than {MAX_OPERATIONS} operations.")
    return operations


def _operation(raw: Json, where: str, resource_type: ResourceType) -> Operation:
    if not isinstance(raw, dict):
        raise InvalidSyntax(f"{where} must be an object.")
    fields = fold_names(raw, where=where)
    path = fields.get("path")
    if path is not None and not isinstance(path, str):
        raise InvalidPath(f"{where}.path must be text.")
    return Operation(
        verb=_verb(fields.get("op"), where),
        path=parse_path(path.strip(), resource_type) if path and path.strip() else None,
        value=fields.get("value"),
        has_value="value" in fields,
    )


def _verb(name: Json, where: str) -> Verb:
    for verb in (Verb.ADD, Verb.REMOVE, Verb.REPLACE):
        if isinstance(name, str) and name.lower() == verb:
            return verb
    raise InvalidSyntax(f"{where}.op must be add, remove or replace.")


def _remove_listed_values(operation: Operation) -> Operation:
    """Read `remove` with a value as: only these. By the RFC it would empty the attribute."""
    path = operation.path
    is_plain = isinstance(path, PatchPath) and path.condition is None
    if is_plain and operation.verb is Verb.REMOVE and operation.value is not None:
        return replace(operation, verb=Verb.REMOVE_VALUES)
    return operation


def _create_described_element(operation: Operation) -> Operation:
    """Let `emails[type eq "work"].value` make the entry where the RFC demands noTarget."""
    return replace(operation, may_create=True)


def _select_single_value(operation: Operation) -> Operation:
    """Read the removal of `manager[value eq "x"]` as: unless somebody else is the manager."""
    return replace(operation, may_select_single=operation.verb is Verb.REMOVE)


def _ignore_foreign_schema(operation: Operation) -> Operation | None:
    """Skip a path into a schema that is not spoken here: an error would fail the whole person."""
    path = operation.path
    return None if isinstance(path, UnknownPath) and path.is_foreign else operation


TOLERANCES: tuple[Tolerance, ...] = (
    Tolerance(
        name="remove with a list of values",
        senders=("Entra", "OneLogin", "authentik", "JumpCloud", "ssosync"),
        recording="entra/group_lifecycle.json",
        rewrite=_remove_listed_values,
    ),
    Tolerance(
        name="value path to an entry that is not there yet",
        senders=("Entra",),
        recording="entra/patch_oddities.json",
        rewrite=_create_described_element,
    ),
    Tolerance(
        name="removal of a single value by a condition",
        senders=("Entra",),
        recording="entra/manager_removal.json",
        rewrite=_select_single_value,
    ),
    Tolerance(
        name="path into an unknown extension",
        senders=("Entra",),
        recording="entra/patch_oddities.json",
        rewrite=_ignore_foreign_schema,
    ),
)
