"""A resource's JSON: read strictly, made canonical, and represented in answers.

A canonical document holds what a directory set and nothing else: names as the attribute table
spells them, core attributes at the top, an extension's under its URN, nothing unassigned.
Must not know where a document is stored, or which part of it a client asked for.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from scim_provisioning.protocol.errors import InvalidSyntax, InvalidValue
from scim_provisioning.protocol.schemas import (
    Located,
    ResourceType,
)
from scim_provisioning.protocol.values import Json, canonical_value, is_unassigned

Document = dict[str, Any]

MAX_DIGITS = 20

_NOTHING: Mapping[str, Json] = {}


def parse_json(raw: bytes) -> object:
    """Read a body as strict JSON in UTF-8 (RFC 7644 §3.1, RFC 8259 §4).

    A byte order mark is let pass; repeated names, NaN, infinities and integers that no field
    could hold are not. Raises InvalidSyntax.
    """
    try:
        text = raw.decode("utf-8-sig")
        return _DECODER.decode(text)
    except UnicodeDecodeError:
        raise InvalidSyntax("The body is not UTF-8.") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InvalidSyntax(f"The body is not JSON ({place}).") from None
    except RecursionError:
        raise InvalidSyntax("The body is nested too deeply.") from None


def canonicalise(payload: object, resource_type: ResourceType) -> Document:
    """Make the body of a POST or PUT a canonical document (RFC 7644 §3.3, §3.5.1).

    What the table does not know, read-only attributes and the password are ignored. Raises
    InvalidSyntax, InvalidValue or PayloadTooLarge.
    """
    if not isinstance(payload, dict):
        raise InvalidSyntax("The body must be a JSON object.")
    given = _gather(payload, resource_type)
    _check_schemas(given.get("schemas"))
    document: Document = {}
    for schema, attribute, _ in resource_type.writable:
        name = resource_type.qualified_name(schema, attribute)
        value = canonical_value(attribute, given.get(name), where=name)
        if value is None and attribute.required:
            raise InvalidValue(f"{name} is required.")
        if value is None:
            continue
        if schema is None or schema is resource_type.schema:
            document[attribute.name] = value
        else:
            document.setdefault(schema.urn, {})[attribute.name] = value
    return document


def represent(
    document: Mapping[str, Json],
    resource_type: ResourceType,
    *,
    id: str,
    meta: Mapping[str, Json],
    read_only: Mapping[str, Json] = _NOTHING,
) -> Document:
    """Build a resource's full representation, in the order of the table (RFC 7643 §3).

    `read_only` holds what the server knows itself, such as a person's `groups`; it goes before
    the document's own. A membership is shown also when it is empty. Values are shared with the
    document, so that nobody must change them.
    """
    present = [each.urn for each in resource_type.extensions if each.urn in document]
    answer: Document = {"schemas": [resource_type.schema.urn, *present], "id": id}
    if "externalId" in document:
        answer["externalId"] = document["externalId"]
    for attribute in resource_type.schema.attributes:
        name = attribute.name
        if name in read_only:
            answer[name] = read_only[name]
        elif name in document:
            answer[name] = document[name]
        elif attribute.is_membership:
            # authentik adds nobody to a group without this key (tests/idp/authentik/users.json).
            answer[name] = []
    for urn in present:
        answer[urn] = document[urn]
    answer["meta"] = meta
    return answer


def _gather(payload: Mapping[str, Json], resource_type: ResourceType) -> dict[str, Json]:
    """Key the values of a body by their qualified names, dotted parts put together.

    Raises InvalidSyntax when one attribute is named twice, in whatever spellings.
    """
    wholes: dict[str, Json] = {}
    parts: dict[str, dict[str, Json]] = {}
    for located, value in _named_values(payload, resource_type):
        name = resource_type.qualified_name(located.schema, located.attribute)
        if located.sub_attribute is None:
            owner, key = wholes, name
        else:
            owner, key = parts.setdefault(name, {}), located.sub_attribute.name
        if key in owner:
            raise InvalidSyntax(f"{name} appears twice.")
        owner[key] = value
    for name, given in parts.items():
        wholes[name] = _joined(wholes.get(name), given, name)
    return wholes


def _named_values(
    payload: Mapping[str, Json], resource_type: ResourceType
) -> Iterator[tuple[Located, Json]]:
    """Yield each value that the table knows, also those inside an object keyed by a URN."""
    for name, value in payload.items():
        schema = resource_type.schema_of(name)
        if schema is None:
            named = [(resource_type.locate(name), value)]
        elif isinstance(value, dict):
            named = [(resource_type.locate(each, within=schema), value[each]) for each in value]
        elif is_unassigned(value):
            continue
        else:
            raise InvalidValue(f"{schema.urn} must be an object.")
        yield from ((located, inner) for located, inner in named if located is not None)


def _joined(whole: Json, parts: dict[str, Json], name: str) -> Json:
    """Put `name.givenName` beside what `name` itself holds."""
    if is_unassigned(whole):
        return parts
    if not isinstance(whole, dict) or not parts.keys().isdisjoint(whole):
        raise InvalidSyntax(f"{name} appears twice.")
    return whole | parts


def _check_schemas(schemas: Json) -> None:
    """Tolerate absent and unknown schemas: clients name old and foreign ones.

    Recorded in tests/idp/google/user_lifecycle.json.
    """
    named = schemas if isinstance(schemas, list) else [schemas]
    if not all(each is None or isinstance(each, str) for each in named):
        raise InvalidValue("schemas must be a list of URNs.")


def _unrepeated(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise InvalidSyntax("An object of the body names an attribute twice.")
    return fields


def _short_integer(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise InvalidSyntax(f"The body holds an integer of more than {MAX_DIGITS} digits.")
    return int(digits)


def _finite_number(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refuse_constant(digits)


def _refuse_constant(_: str) -> NoReturn:
    raise InvalidSyntax("The body holds a number that JSON does not know.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unrepeated,
    parse_int=_short_integer,
    parse_float=_finite_number,
    parse_constant=_refuse_constant,
)
