"""What holds for every answer of a SCIM server, whatever was asked (RFC 7644 §3.1, §3.12).

Must not know any request.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scim_provisioning.protocol import urns
from scim_provisioning.simulator.client import MEDIA_TYPE, Answer


def envelope_faults(answer: Answer) -> Iterator[str]:
    """Say what is wrong with an answer's form, one line each."""
    if answer.status == 204:
        if answer.body:
            yield "204 with a body"
        return
    document = answer.document
    if not answer.headers.get("content-type", "").startswith(MEDIA_TYPE):
        yield f"the media type is {answer.headers.get('content-type')!r}"
    if not isinstance(document, dict):
        yield "the body is no JSON object"
        return
    if answer.status >= 400:
        yield from _error_faults(answer.status, document)
        return
    if answer.status == 201 and document["meta"]["location"] != answer.headers.get("location"):
        yield "Location is not meta.location"
    if _holds_null(document):
        yield "a null is in the answer"  # RFC 7643 §2.5: absent is how null is said


def _error_faults(status: int, document: dict[str, Any]) -> Iterator[str]:
    if document.get("schemas") != [urns.ERROR]:
        yield f"an error of the schemas {document.get('schemas')!r}"
    if document.get("status") != str(status):
        yield f"the error's status is {document.get('status')!r}"


def _holds_null(node: Any) -> bool:
    if isinstance(node, dict):
        return any(map(_holds_null, node.values()))
    if isinstance(node, list):
        return any(map(_holds_null, node))
    return node is None
