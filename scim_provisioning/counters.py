"""Count in Django's cache: at once for all processes, for a while, and in no request's way.

A cache that fails is left alone for some seconds, so that one that hangs holds a request now and
then instead of every one. Must not know what is counted.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from django.core.cache import cache

logger = logging.getLogger("scim_provisioning")

_Answer = TypeVar("_Answer")
_REST_SECONDS = 10.0
_rests_until = 0.0


def add(key: str, by: int = 1, *, seconds: int) -> int | None:
    """Add to a counter, which is kept so many seconds from its start; None without a cache.

    One call where the counter is there already; no two callers are given the same number.
    """
    return _tried(lambda: _add(key, by, seconds), None)


def read(key: str) -> int:
    """Give what was counted; 0 also without a cache."""
    return _tried(lambda: int(cache.get(key, 0)), 0)


def _add(key: str, by: int, seconds: int) -> int:
    try:
        return cache.incr(key, by)
    except ValueError:  # nothing was counted yet
        if cache.add(key, by, timeout=seconds):
            return by
        return cache.incr(key, by)  # somebody else was first


def _tried(ask: Callable[[], _Answer], otherwise: _Answer) -> _Answer:
    global _rests_until
    if monotonic() < _rests_until:
        return otherwise
    try:
        return ask()
    except Exception:  # whatever the cache's client raises: a count is worth no request
        _rests_until = monotonic() + _REST_SECONDS
        logger.warning("The cache failed: nothing is counted or limited for now.", exc_info=True)
        return otherwise
