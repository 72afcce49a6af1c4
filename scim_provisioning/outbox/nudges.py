"""Start a delivery soon after the commit, and never hold or fail whoever committed.

A nudge may get lost: the sweep delivers what it would have. Must not know what is delivered.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from queue import Full, Queue
from threading import Lock, Thread
from time import monotonic
from typing import Any

from celery import current_app

from scim_provisioning import conf
from scim_provisioning.outbox.delivery import deliver

logger = logging.getLogger("scim_provisioning")

DELIVER_EVENTS = "scim_provisioning.deliver_events"
"""The name of the task (tasks.py)."""

_MOST_WAITING = 1000
_MOST_AT_ONCE = 20
_REST_SECONDS = 5.0
# Seconds, each under the name that one of the transports knows it by.
_LIMITS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
    "read_timeout": 1,
    "write_timeout": 1,
    "max_retries": 1,
    "retry_on_timeout": False,
    # RabbitMQ says that it has the message: one that is lost in a dead socket is sent again.
    "confirm_publish": True,
}


def nudge(event_id: int) -> None:
    """Have an event delivered: by a worker, or without a broker at once in this process."""
    if conf.value("BROKER_URL"):
        _publisher.send(event_id)
        return
    deliver(event_id)


class Publisher:
    """Sends nudges from a thread of its own, for a broker that hangs holds whoever waits for it.

    After a failure it rests for a while, and what is sent meanwhile is left to the sweep.
    """

    def __init__(self) -> None:
        self._waiting: Queue[int] = Queue(_MOST_WAITING)
        self._starting = Lock()
        self._thread: Thread | None = None
        self._rests_until = 0.0

    def send(self, event_id: int) -> None:
        """Hand an event over; returns at once, whatever the broker does."""
        if monotonic() < self._rests_until:
            return
        with suppress(Full):
            self._waiting.put_nowait(event_id)
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="scim-nudges", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        connection: Any = None
        while True:
            event_ids = [self._waiting.get()]
            # What has come meanwhile, as from a Bulk request, goes along: a message costs as much
            # as a statement.
            while len(event_ids) < _MOST_AT_ONCE and not self._waiting.empty():
                event_ids.append(self._waiting.get_nowait())
            connection = _publish(event_ids, connection) or _publish(event_ids, None)
            if connection is None:
                self._rest()

    def _rest(self) -> None:
        self._rests_until = monotonic() + _REST_SECONDS
        while not self._waiting.empty():
            self._waiting.get_nowait()


def _publish(event_ids: list[int], connection: Any) -> Any:
    """Send one message; returns the connection, or None if that did not work."""
    try:
        connection = connection or _connect()
        current_app.send_task(DELIVER_EVENTS, (event_ids,), connection=connection, retry=False)
    except Exception as problem:  # the last resort of the thread: whatever it was, the sweep comes
        logger.warning("The broker did not take events %s: %s", event_ids, type(problem).__name__)
        with suppress(Exception):
            connection.collect(socket_timeout=1)
        return None
    return connection


def _connect() -> Any:
    """Prepare a connection that nobody else uses; it opens with its first message."""
    return current_app.connection_for_write(
        url=conf.value("BROKER_URL"), connect_timeout=1, heartbeat=0, transport_options=_LIMITS
    )


def _begin_again() -> None:
    """Forget the parent's thread and connection: a forked child has neither."""
    global _publisher
    _publisher = Publisher()


_publisher = Publisher()
os.register_at_fork(after_in_child=_begin_again)
