"""JSON schemas of what goes in and out, read off the forms and dataclasses themselves.

Must not know an endpoint.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from django import forms

Schema = dict[str, Any]

_PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
    UUID: {"type": "string", "format": "uuid"},
}


def answer_schema(kind: Any) -> Schema:
    """Describe a dataclass, or what one of its fields may hold."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(origin or kind):
        return _object(origin or kind, arguments)
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [answer_schema(each) for each in arguments]}
    if kind is type(None):
        return {"type": "null"}
    if origin in (Sequence, list, tuple):
        return {"type": "array", "items": answer_schema(arguments[0])}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [each.value for each in kind]}
    return dict(_PLAIN[kind])


def form_schema(form: type[forms.Form]) -> Schema:
    """Describe a form as the JSON object that fills it."""
    return {
        "type": "object",
        "properties": {name: field_schema(field) for name, field in form.base_fields.items()},
        "required": [name for name, field in form.base_fields.items() if field.required],
    }


def field_schema(field: forms.Field) -> Schema:
    choices = list(getattr(field, "choices", ()))
    if choices:
        return {"type": "string", "enum": [str(value) for value, _label in choices]}
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value or 0, "maximum": 2**53 - 1}
    longest = getattr(field, "max_length", None)
    return {"type": "string", **({"maxLength": longest} if longest else {})}


def _object(kind: Any, arguments: Sequence[Any]) -> Schema:
    hints = get_type_hints(kind)
    filled = dict(zip(getattr(kind, "__parameters__", ()), arguments, strict=False))
    properties = {field.name: _filled(hints[field.name], filled) for field in fields(kind)}
    return {
        "type": "object",
        "properties": {name: answer_schema(hint) for name, hint in properties.items()},
        "required": list(properties),
        "additionalProperties": False,
    }


def _filled(hint: Any, filled: Mapping[Any, Any]) -> Any:
    """Put what a generic dataclass was made for in the place of its parameter."""
    parameters = getattr(hint, "__parameters__", ())
    return hint[tuple(filled[each] for each in parameters)] if parameters else hint
