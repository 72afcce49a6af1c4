"""Read a recorded conversation and hold it with a server (the form is told in README.md).

Must not know which recordings there are, nor the server's insides.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from scim_provisioning.simulator.client import Answer, ScimClient
from tests.idp.envelope import envelope_faults
from tests.idp.expectations import ABSENT, fault, find

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and what its answer must be."""

    name: str
    request: str
    status: int | list[int]
    headers: Mapping[str, str | None]
    body: Any = None
    text: str | None = None
    times: int = 1
    answer: Mapping[str, Any]
    answer_headers: Mapping[str, Any]
    keep: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    variables: Mapping[str, str]
    exchanges: list[Exchange]


def read(path: Path) -> Conversation:
    recording = json.loads(path.read_text())
    return Conversation(
        variables=recording.get("variables", {}),
        exchanges=[_exchange(recording, one) for one in recording["exchanges"]],
    )


def hold(conversation: Conversation, client: ScimClient, known: Mapping[str, str]) -> list[str]:
    """Send every request in order; return what was wrong with the answers, one line each.

    `known` are values for the placeholders besides the conversation's own.
    """
    values: dict[str, Any] = {**known, "run": uuid.uuid4().hex[:8]}
    for name, template in conversation.variables.items():
        values["uuid"] = str(uuid.uuid4())
        # One with {n} in it is filled anew at each turn.
        values[name] = template if "{n}" in template else _fill(template, values)
    return [
        f"{number}. {exchange.name}: {problem}"
        for number, exchange in enumerate(conversation.exchanges, 1)
        for turn in range(1, exchange.times + 1)
        for problem in _hold_one(exchange, client, values, turn)
    ]


def _exchange(recording: Mapping[str, Any], written: Mapping[str, Any]) -> Exchange:
    has_body = "body" in written or "text" in written
    media_type = recording.get("content_type") if has_body else None
    typed = {"Content-Type": media_type} if media_type else {}
    return Exchange(
        name=written["name"],
        request=written["request"],
        status=written["status"],
        headers={**recording.get("headers", {}), **typed, **written.get("headers", {})},
        body=written.get("body"),
        text=written.get("text"),
        times=written.get("times", 1),
        answer=written.get("answer", {}),
        answer_headers=written.get("answer_headers", {}),
        keep=written.get("keep", {}),
    )


def _hold_one(
    exchange: Exchange, client: ScimClient, values: dict[str, Any], turn: int
) -> Iterator[str]:
    values.update(n=str(turn), uuid=str(uuid.uuid4()))
    try:
        answer = _send(exchange, client, values)
        allowed = exchange.status if isinstance(exchange.status, list) else [exchange.status]
        if answer.status not in allowed:
            yield f"answered {answer.status} instead of {exchange.status}: {answer.document}"
            return
        yield from envelope_faults(answer)
        yield from _faults(exchange, answer, values)
    except KeyError as unknown:
        yield f"not sent, {unknown} is not known"


def _send(exchange: Exchange, client: ScimClient, values: Mapping[str, Any]) -> Answer:
    method, path = exchange.request.split(" ", 1)
    body = exchange.text.encode() if exchange.text is not None else _fill(exchange.body, values)
    return client.send(
        method,
        _fill(path, values, in_url=True),
        body,
        headers=_fill(dict(exchange.headers), values),
    )


def _faults(exchange: Exchange, answer: Answer, values: dict[str, Any]) -> Iterator[str]:
    for name, expected in exchange.answer_headers.items():
        problem = fault(answer.headers.get(name.lower(), ABSENT), _fill(expected, values))
        if problem:
            yield f"header {name}: {problem}"
    if answer.status == 204:
        return
    for path, expected in exchange.answer.items():
        problem = fault(find(answer.document, path), _fill(expected, values))
        if problem:
            yield f"{path}: {problem}"
    for name, path in exchange.keep.items():
        kept = find(answer.document, path)
        if kept is ABSENT:
            yield f"{path}: nothing to keep"
        else:
            values[_fill(name, values)] = kept


def _fill(template: Any, values: Mapping[str, Any], *, in_url: bool = False) -> Any:
    """Put the values in; a text that is nothing but a placeholder becomes the value itself."""
    if isinstance(template, list):
        return [_fill(one, values) for one in template]
    if isinstance(template, dict):
        return {name: _fill(one, values) for name, one in template.items()}
    if not isinstance(template, str):
        return template
    whole = PLACEHOLDER.fullmatch(template)
    if whole and not isinstance(values[whole[1]], str):
        return values[whole[1]]
    filled = template
    while PLACEHOLDER.search(filled):  # {user_{n}} is filled from the inside
        filled = PLACEHOLDER.sub(lambda one: _text(values[one[1]], in_url), filled)
    return filled


def _text(value: Any, in_url: bool) -> str:
    return quote(str(value), safe="{}") if in_url else str(value)
