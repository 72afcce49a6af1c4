"""Count a connection's requests of a day, in Django's cache: reads too, without a statement.

With several server processes the cache has to be a shared one for the count to be whole. Must not
know what was asked for.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from scim_provisioning import counters
from scim_provisioning.models import Connection

_KEPT_SECONDS = 2 * 24 * 60 * 60


def note_request(connection: Connection) -> None:
    """Count one request; a cache that fails fails no request."""
    counters.add(_key(connection, timezone.localdate()), seconds=_KEPT_SECONDS)


def requests_today(connection: Connection) -> int:
    """Give the number of requests since midnight, as far as this process's cache knows."""
    return counters.read(_key(connection, timezone.localdate()))


def _key(connection: Connection, day: date) -> str:
    return f"scim_provisioning.requests:{connection.public_id}:{day:%Y-%m-%d}"
