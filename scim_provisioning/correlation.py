"""One id from a request to its journal entry, its events, their handlers and its log lines.

Must not know any of them.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_SAFE = re.compile(r"[0-9A-Za-z._:-]{1,64}")
_correlation_id: ContextVar[str] = ContextVar("scim_correlation_id", default="")
_caller_id: ContextVar[str] = ContextVar("scim_caller_id", default="")


def new_correlation_id() -> str:
    """Make the id that ties a request to its journal entry, its events and its log lines."""
    return uuid.uuid4().hex


def current_correlation_id() -> str:
    """Give the id of what is going on; "" outside of everything."""
    return _correlation_id.get()


@contextmanager
def correlated(correlation_id: str, *, caller_id: str = "") -> Iterator[None]:
    """Mark everything that happens inside as caused by one request.

    `caller_id` is what the caller calls its request. It is shown beside ours and never trusted as
    ours; one that could break a log line is dropped.
    """
    ours = _correlation_id.set(correlation_id)
    theirs = _caller_id.set(caller_id if _SAFE.fullmatch(caller_id) else "")
    try:
        yield
    finally:
        _caller_id.reset(theirs)
        _correlation_id.reset(ours)


class CorrelationFilter(logging.Filter):
    """Gives every log record a `correlation_id` and a `caller_id`; refuses none."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.correlation_id = _correlation_id.get()
        record.caller_id = _caller_id.get()
        return True
