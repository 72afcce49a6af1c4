"""Limit how much a connection may ask in a time, generously.

Time is cut into windows of RATE_LIMIT_BURST / RATE_LIMIT_PER_SECOND seconds. A window takes a
burst, less what is left of the window before, which fades as this one goes on. So no matter where
one looks, t seconds let in no more than a burst and t seconds' worth of requests: what a token
bucket promises. A bucket, or its twin GCRA, has to read, reckon and write in one go, which Django's
cache can't; adding to a number it can, on every backend that several processes share.

Whoever stays below the rate pays one call of the cache: a request that is no more than its share
of the window so far goes on without a look at the window before. What is refused is not counted,
so that a flood is slowed to the rate, and not shut out by its own requests.

Must not know an endpoint, nor who may call: it comes after authentication, for a wrong token may
not use up what belongs to a connection.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Self, cast

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from scim_provisioning import conf, counters
from scim_provisioning.models import Connection, Token
from scim_provisioning.protocol.errors import TooManyRequests


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many requests a second, and so many at once after a pause."""

    per_second: float
    burst: int

    @classmethod
    def configured(cls) -> Self | None:
        """Read the settings; None if there is no limit."""
        per_second = conf.value("RATE_LIMIT_PER_SECOND")
        if not per_second:
            return None
        return cls(per_second=per_second, burst=conf.value("RATE_LIMIT_BURST"))

    @property
    def window(self) -> float:
        """Seconds."""
        return self.burst / self.per_second

    def is_share(self, count: int, elapsed: float) -> bool:
        """Tell whether a window's first seconds may hold so many whatever was before."""
        return count <= self.per_second * elapsed

    def allows(self, count: int, before: int, elapsed: float) -> bool:
        return count + before * (1 - elapsed / self.window) <= self.burst

    def seconds_to_wait(self, count: int, before: int, elapsed: float) -> float:
        """Say when the request would pass that made it `count` and is not allowed now."""
        if count <= self.burst:
            faded = self.window * (1 - (self.burst - count) / before)
            return min(faded, count / self.per_second) - elapsed
        # This window is full, with `count - 1`: the first request of the next one.
        faded = self.window * (1 - (self.burst - 1) / (count - 1))
        return self.window - elapsed + min(faded, 1 / self.per_second)


class ConnectionThrottle(BaseThrottle):
    """Counts a request for its connection, and holds up those beyond the limit."""

    _seconds: float | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        limit = Limit.configured()
        if limit is not None:
            self._seconds = held_up(cast(Token, request.auth).connection, limit)
        return self._seconds is None

    def wait(self) -> float | None:
        return self._seconds


def held_up(connection: Connection, limit: Limit) -> float | None:
    """Count a request, or give the seconds that it has to wait; without a cache it goes on."""
    window, elapsed = _window(limit)
    count = _count(connection, limit, window, 1)
    if count is None or limit.is_share(count, elapsed):
        return None
    before = counters.read(_key(connection, window - 1))
    if limit.allows(count, before, elapsed):
        return None
    _count(connection, limit, window, -1)
    return limit.seconds_to_wait(count, before, elapsed)


def charge(connection: Connection, operations: int) -> None:
    """Count what a Bulk request holds, beyond the one request that was let in.

    So each operation counts, and still a Bulk request is never refused for its size, as large as
    discovery says it may be: what it holds is paid by those that come after it. A window lets in
    a burst at most, and what its last Bulk request holds beyond.
    """
    limit = Limit.configured()
    if limit is not None and operations > 0:
        _count(connection, limit, _window(limit)[0], operations)


def refusal(seconds: float) -> TooManyRequests:
    """Tell who was held up when to come back, in whole seconds (RFC 9110 §10.2.3)."""
    limit = Limit.configured()
    whole = max(1, ceil(seconds))
    much = f"more than {limit.per_second:g} requests a second" if limit else "too many requests"
    return TooManyRequests(
        f"This workspace's directory sends {much}; "
        f"try again in {whole} second{'' if whole == 1 else 's'}.",
        retry_after=whole,
    )


def _window(limit: Limit) -> tuple[int, float]:
    """Give the number of the window that is now, and how many seconds of it are over."""
    number, elapsed = divmod(timezone.now().timestamp(), limit.window)
    return int(number), elapsed


def _count(connection: Connection, limit: Limit, window: int, by: int) -> int | None:
    # A window is looked at until the end of the one after it.
    return counters.add(_key(connection, window), by, seconds=ceil(2 * limit.window) + 1)


def _key(connection: Connection, window: int) -> str:
    return f"scim_provisioning.rate:{connection.public_id}:{window}"
