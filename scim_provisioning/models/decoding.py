"""Read stored documents; must not know what is in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import orjson


class QuickDecoder(json.JSONDecoder):
    """A decoder for JSON columns of which a page reads a hundred."""

    def __init__(self, **_: Any) -> None:
        """Prepare nothing: Django makes a decoder for each value."""

    def decode(self, s: str, _w: Callable[..., Any] | None = None) -> Any:
        return orjson.loads(s)
