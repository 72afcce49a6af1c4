"""One attribute's value: made canonical, or refused (RFC 7643 §2).

Must not know the document around the value, who sent it, or where it is stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from scim_provisioning.protocol.errors import InvalidSyntax, InvalidValue, PayloadTooLarge
from scim_provisioning.protocol.schemas import Attribute, AttributeType

Json = Any

MAX_TEXT = 4_096
MAX_REFERENCE = 8_192
MAX_BINARY = 32_768
MAX_ELEMENTS = 1_000
MAX_MEMBERS = 100_000

_MAX_LENGTHS = {AttributeType.REFERENCE: MAX_REFERENCE, AttributeType.BINARY: MAX_BINARY}
# PostgreSQL can't store U+0000, UTF-8 can't carry a lone surrogate, and the other controls only
# ever forge log lines.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Zl", "Zp"})
# What an element is for says nothing without the element itself.
_QUALIFIERS = frozenset({"type", "primary"})


def canonical_value(attribute: Attribute, value: Json, *, where: str) -> Json | None:
    """Make a value canonical; None means that it is unassigned (RFC 7643 §2.5).

    A text is a `str`, a boolean a `bool`, a complex value a dict without empty or read-only
    parts, a multi-valued attribute a list of such dicts with at most one `primary: true`.
    Idempotent. Raises InvalidValue, InvalidSyntax or PayloadTooLarge, naming `where`.
    """
    if is_unassigned(value):
        return None
    if attribute.multi_valued:
        return _canonical_elements(attribute, value, where)
    if isinstance(value, list):
        return canonical_value(attribute, _unwrapped(attribute, value, where), where=where)
    if attribute.is_complex:
        return _canonical_complex(attribute, value, where)
    return _SCALARS[attribute.type](attribute, value, where)


def is_unassigned(value: Json) -> bool:
    """Whether null or something empty stands for "no value" (RFC 7643 §2.5)."""
    return value is None or (not value and isinstance(value, (str, list, dict)))


def check_text(text: str, *, where: str) -> str:
    """Refuse characters that no store, log or answer can carry; else return the text."""
    if _FORBIDDEN.search(text):
        raise InvalidValue(f"{where} holds a character that is not allowed.")
    return text


def fold_names(given: Mapping[str, Json], *, where: str) -> dict[str, Json]:
    """Key an object by its names in lower case, since names have no case (RFC 7643 §2.1)."""
    folded = {name.lower(): value for name, value in given.items()}
    if len(folded) != len(given):
        raise InvalidSyntax(f"An attribute appears twice in {where}.")
    return folded


def _canonical_text(attribute: Attribute, value: Json, where: str) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise InvalidValue(f"{where} must be text.")
    limit = attribute.max_length or _MAX_LENGTHS.get(attribute.type, MAX_TEXT)
    if len(value) > limit:
        raise InvalidValue(f"{where} is longer than {limit} characters.")
    check_text(value, where=where)
    if attribute.name == "userName":
        value = _canonical_user_name(value, where)
    return value if value and not value.isspace() else None


def _canonical_user_name(value: str, where: str) -> str:
    """Refuse what the eye can't see: two people must not have names that look the same."""
    value = value.strip()
    if not value.isprintable() and any(map(_is_unseen, value)):
        raise InvalidValue(f"{where} holds an invisible character.")
    return value


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN


def _canonical_boolean(attribute: Attribute, value: Json, where: str) -> bool:
    if isinstance(value, bool):
        return value
    # Entra sends booleans as capitalised text (tests/idp/entra/patch_oddities.json).
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise InvalidValue(f"{where} must be true or false.")


def _canonical_date_time(attribute: Attribute, value: Json, where: str) -> str:
    if not isinstance(value, str) or not _DATE_TIME.fullmatch(value):
        raise InvalidValue(f"{where} must be a date and time such as 2026-01-31T09:00:00Z.")
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise InvalidValue(f"{where} is not a date and time of the calendar.") from None
    return value


_SCALARS: dict[AttributeType, Callable[[Attribute, Json, str], Json | None]] = {
    AttributeType.STRING: _canonical_text,
    AttributeType.REFERENCE: _canonical_text,
    AttributeType.BINARY: _canonical_text,
    AttributeType.BOOLEAN: _canonical_boolean,
    AttributeType.DATE_TIME: _canonical_date_time,
}


def _unwrapped(attribute: Attribute, elements: list[Json], where: str) -> Json:
    """Take a single value out of its list, as old Entra clients wrap one.

    Recorded in tests/idp/entra/patch_oddities.json: `[{"$ref": null, "value": "Engineer"}]`.
    """
    if attribute.is_complex:
        first = elements[0]
    elif len(elements) == 1:
        first = elements[0].get("value") if isinstance(elements[0], dict) else elements[0]
    else:
        raise InvalidValue(f"{where} must be one value, not a list.")
    if isinstance(first, list):
        raise InvalidValue(f"{where} must not be a list of lists.")
    return first


def _canonical_complex(attribute: Attribute, value: Json, where: str) -> dict[str, Json] | None:
    if not isinstance(value, dict):
        if isinstance(value, list) or attribute.sub_attribute("value") is None:
            raise InvalidValue(f"{where} must be an object.")
        value = {"value": value}
    given = fold_names(value, where=where)
    canonical = {}
    for part in attribute.sub_attributes:
        raw = given.get(part.name.lower())
        if raw is None or part.is_read_only:
            continue
        part_value = canonical_value(part, raw, where=f"{where}.{part.name}")
        if part_value is not None:
            canonical[part.name] = part_value
    return canonical or None


def _canonical_elements(
    attribute: Attribute, value: Json, where: str
) -> list[dict[str, Json]] | None:
    given = value if isinstance(value, list) else [value]
    if attribute.is_membership:
        return _canonical_members(attribute, given, where)
    if len(given) > MAX_ELEMENTS:
        raise InvalidValue(f"{where} holds more than {MAX_ELEMENTS} values.")
    elements = [
        element
        for raw in given
        if not is_unassigned(raw)
        and (element := _canonical_complex(attribute, raw, where))
        and not element.keys() <= _QUALIFIERS
    ]
    return _distinct(elements) or None


def _distinct(elements: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """Drop doubles and leave one primary, the last that was named (RFC 7644 §3.5.2).

    Elements that differ in `primary` alone are one element.
    """
    distinct: dict[frozenset[tuple[str, Json]], dict[str, Json]] = {}
    primary = None
    for element in elements:
        identity = frozenset(item for item in element.items() if item[0] != "primary")
        distinct[identity] = distinct.get(identity, {}) | element
        if element.get("primary"):
            primary = identity
    for identity, element in distinct.items():
        if identity != primary and element.get("primary"):
            element["primary"] = False
    return list(distinct.values())


def _canonical_members(
    attribute: Attribute, given: list[Json], where: str
) -> list[dict[str, Json]] | None:
    """Reduce members to their ids: the rest of an element follows from the id."""
    if len(given) > MAX_MEMBERS:
        raise PayloadTooLarge(f"{where} holds more than {MAX_MEMBERS} values.")
    ids: dict[str, None] = {}
    for raw in given:
        element = _canonical_complex(attribute, raw, where) or {}
        if "value" not in element:
            raise InvalidValue(f"{where}.value is required.")
        if element.get("type", "User").lower() != "user":
            raise InvalidValue(f"{where}.type must be User: groups within groups are not offered.")
        ids[element["value"]] = None
    return [{"value": each} for each in ids]
