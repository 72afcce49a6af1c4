"""The timezones people may live in; must not know who sets one."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from workspace.errors import TimezoneUnknown

DEFAULT_TIMEZONE = "UTC"


def clean_timezone(name: str) -> str:
    """Return the zone in its official spelling, UTC for ""; raise TimezoneUnknown."""
    if not name:
        return DEFAULT_TIMEZONE
    try:
        return _zones()[name.casefold()]
    except KeyError as error:
        raise TimezoneUnknown from error


def timezone_choices() -> list[str]:
    return sorted(_zones().values())


@cache
def _zones() -> dict[str, str]:
    return {zone.casefold(): zone for zone in available_timezones()}
