"""References between the operations of a bulk request (RFC 7644 §3.7.2).

`"bulkId:x"` stands for the id of what the operation with the bulkId `x` creates. Must not know
how an operation is carried out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scim_provisioning.protocol.messages import BulkOperation
from scim_provisioning.protocol.values import Json

_PREFIX = "bulkId:"
_IN_PATH = re.compile(r'bulkId:([^"\]\s]+)')


class _Unresolved(Exception):
    """A value that refers to what does not exist yet."""


def references(operation: BulkOperation) -> frozenset[str]:
    """Name the bulkIds that an operation needs the ids of, in its path and in its data."""
    found = set(_references(operation.data))
    if operation.resource_id and operation.resource_id.startswith(_PREFIX):
        found.add(operation.resource_id.removeprefix(_PREFIX))
    return frozenset(found)


def resolve_id(resource_id: str, ids: Mapping[str, str]) -> str:
    """Give the id that a path means."""
    return ids.get(resource_id.removeprefix(_PREFIX), resource_id)


def resolve(data: Json, ids: Mapping[str, str]) -> Json:
    """Put ids in the place of references; whatever holds an unresolved one is left out whole.

    So the first of two resources that refer to each other can be made without the second.
    """
    try:
        return _resolve(data, ids)
    except _Unresolved:
        return None


def _references(data: Json) -> Iterator[str]:
    match data:
        case str() if data.startswith(_PREFIX):
            yield data.removeprefix(_PREFIX)
        case dict():
            for name, value in data.items():
                if name.lower() == "path" and isinstance(value, str):
                    yield from _IN_PATH.findall(value)
                else:
                    yield from _references(value)
        case list():
            for value in data:
                yield from _references(value)


def _resolve(data: Json, ids: Mapping[str, str]) -> Json:
    match data:
        case str() if data.startswith(_PREFIX):
            if data.removeprefix(_PREFIX) not in ids:
                raise _Unresolved
            return ids[data.removeprefix(_PREFIX)]
        case dict():
            return _resolve_object(data, ids)
        case list():
            return [each for value in data if (each := resolve(value, ids)) is not None]
    return data


def _resolve_object(data: dict[str, Json], ids: Mapping[str, str]) -> dict[str, Any]:
    """Resolve an object's values; one that refers by its own `value` means nothing without it."""
    resolved: dict[str, Any] = {}
    for name, value in data.items():
        if name.lower() == "path" and isinstance(value, str):
            resolved[name] = _IN_PATH.sub(lambda found: ids.get(found[1], found[0]), value)
        elif isinstance(value, str):
            resolved[name] = _resolve(value, ids)
        else:
            resolved[name] = resolve(value, ids)
    return resolved
