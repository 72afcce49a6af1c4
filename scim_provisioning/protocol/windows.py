"""Index paging: which part of a list a client asks for (RFC 7644 §3.4.2.4).

Must not know how many resources there are, or where the limits are configured.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scim_provisioning.protocol.errors import InvalidValue

MAX_START_INDEX = 10**12
"""Beyond any list, and far below what a database's integer can hold."""

_INTEGER = re.compile(r"(-?)0*(\d+)", re.ASCII)
_MAX_DIGITS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A part of a list: `start_index` counts from 1; a `count` of 0 asks for the total alone."""

    start_index: int
    count: int

    @property
    def offset(self) -> int:
        return self.start_index - 1


def parse_window(
    start_index: str | int | None,
    count: str | int | None,
    *,
    default: int,
    maximum: int,
) -> Window:
    """Bring the two parameters within bounds; only what is no integer is refused.

    Below 1 a startIndex means 1, below 0 a count means 0 (RFC 7644 §3.4.2.4); a count above
    the maximum means the maximum. Raises InvalidValue.
    """
    first = _integer(start_index, "startIndex")
    wanted = _integer(count, "count")
    return Window(
        start_index=_clamp(1 if first is None else first, 1, MAX_START_INDEX),
        count=_clamp(default if wanted is None else wanted, 0, maximum),
    )


def _integer(given: str | int | None, name: str) -> int | None:
    """Read an integer without ever making one of a thousand digits."""
    if given is None or given == "":
        return None
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    match = _INTEGER.fullmatch(given.strip()) if isinstance(given, str) else None
    if match is None:
        raise InvalidValue(f"{name} must be an integer.")
    sign, digits = match.groups()
    if len(digits) > _MAX_DIGITS:
        digits = "9" * _MAX_DIGITS
    return int(sign + digits)


def _clamp(number: int, low: int, high: int) -> int:
    return max(low, min(number, high))
