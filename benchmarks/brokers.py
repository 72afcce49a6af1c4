"""The broker that deliveries are left to, as in production; must not know what is sent.

What a worker does with them is no part of a request and is not measured.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from kombu.connection import Connection
from kombu.exceptions import KombuError

QUEUE = "scim-benchmark"
_VARIABLE = "BENCH_BROKER_URL"
_USUAL = "redis://127.0.0.1:6379/14"


@contextmanager
def broker() -> Iterator[str]:
    """Give the URL of a broker that answers, "" if none does; empty its queue afterwards."""
    url = os.environ.get(_VARIABLE, _USUAL)
    with Connection(url, connect_timeout=1) as connection:  # type: ignore[no-untyped-call]
        try:
            connection.ensure_connection(max_retries=1, timeout=2)
        except (*connection.connection_errors, KombuError):
            yield ""
            return
        yield url
        with connection.channel() as channel:
            channel.queue_purge(QUEUE)
