"""Count a connection's requests of a day, in Django's cache: reads too, without a statement.

With several server processes the cache has to be a shared one for the count to be whole. Must not
know what was asked for.
"""

from __future__ import annotations

import logging
from datetime import date

from django.core.cache import cache
from django.utils import timezone

from scim_provisioning.models import Connection

logger = logging.getLogger("scim_provisioning")

_KEPT_SECONDS = 2 * 24 * 60 * 60


def note_request(connection: Connection) -> None:
    """Count one request; a cache that fails fails no request."""
    key = _key(connection, timezone.localdate())
    try:
        cache.add(key, 0, timeout=_KEPT_SECONDS)
        cache.incr(key)
    except Exception:  # whatever the cache's client raises: a count is worth no request
        logger.info("A request was not counted.", exc_info=True)


def requests_today(connection: Connection) -> int:
    """Give the number of requests since midnight, as far as this process's cache knows."""
    try:
        return int(cache.get(_key(connection, timezone.localdate()), 0))
    except Exception:  # as above
        return 0


def _key(connection: Connection, day: date) -> str:
    return f"scim_provisioning.requests:{connection.public_id}:{day:%Y-%m-%d}"
