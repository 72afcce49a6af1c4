"""Bodies in and out: `application/scim+json`, leniently read (RFC 7644 §3.1, §8.1).

Must not know what a body means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

import orjson
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from scim_provisioning import conf
from scim_provisioning.protocol.documents import parse_json
from scim_provisioning.protocol.errors import PayloadTooLarge


class ScimParser(BaseParser):
    """Reads JSON under the rules of `parse_json`, and no more than MAX_BODY_BYTES of it."""

    media_type = "application/scim+json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        largest = conf.value("MAX_BODY_BYTES")
        raw = stream.read(largest + 1)
        if len(raw) > largest:
            raise PayloadTooLarge(f"The body is larger than {largest} bytes.")
        return parse_json(raw)


class PlainJsonParser(ScimParser):
    """The same under the name that Google sends (tests/idp/google/)."""

    media_type = "application/json"


class ScimRenderer(BaseRenderer):
    media_type = "application/scim+json"
    format = "scim"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        if data is None:
            return b""
        return orjson.dumps(data)


class AlwaysScim(BaseContentNegotiation):
    """Answers in SCIM whatever Accept says: no client is helped by a 406."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        content_type = (request.content_type or "").partition(";")[0].strip().lower()
        return next((each for each in parsers if each.media_type == content_type), None)

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, renderer.media_type or ""
