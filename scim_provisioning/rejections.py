"""Count the requests that bring no live token or are too many, for the owner's journal.

Must not know how a token is checked, nor keep anything of what was sent as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from scim_provisioning.journal import Client
from scim_provisioning.models import Connection, JournalEntry

_MOST_NOTED = 1000
_STORED_EVERY = timedelta(minutes=1)
_lock = Lock()
_noted: dict[tuple[UUID, str], tuple[Rejection, int]] = {}
_stored: dict[UUID, datetime] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """One rejected request; all of a connection, minute and reason make one row."""

    public_id: UUID
    """Of the connection that was asked for, if there is one."""
    reason: str
    status: int
    detail: str
    at: datetime
    correlation_id: str
    client: Client
    operation: str
    """`authenticate`, or `limit`."""

    @property
    def tally_key(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%M} {self.reason}"


def note(rejection: Rejection) -> None:
    """Count in memory, without a query: what is no token at all may come by the thousand.

    `write_noted` stores it. A thousand different minutes and connections are kept, no more.
    """
    key = (rejection.public_id, rejection.tally_key)
    with _lock:
        _first, count = _noted.get(key, (rejection, 0))
        if count or len(_noted) < _MOST_NOTED:
            _noted[key] = (rejection, count + 1)


def note_and_store(rejection: Rejection) -> None:
    """Count in memory, and once a minute store all that is noted of the connection.

    For who has a live token: a flood costs each process a few statements a minute.
    """
    with _lock:
        last = _stored.get(rejection.public_id)
        is_due = last is None or rejection.at - last >= _STORED_EVERY
        if is_due:
            if len(_stored) >= _MOST_NOTED:
                _stored.clear()
            _stored[rejection.public_id] = rejection.at
    if not is_due:
        note(rejection)
        return
    write_noted(rejection.public_id)
    write(rejection)


def write_noted(public_id: UUID | None = None) -> None:
    """Store what this process has noted, of one connection or all; also where an owner looks."""
    with _lock:
        taken = [key for key in _noted if public_id is None or key[0] == public_id]
        noted = [_noted.pop(key) for key in taken]
    for rejection, count in noted:
        write(rejection, count=count)


def write(rejection: Rejection, *, count: int = 1) -> None:
    """Add to the row of the minute and reason; nothing for a connection that does not exist."""
    connection = Connection.objects.filter(public_id=rejection.public_id).first()
    if connection is None:
        return
    tally = JournalEntry.objects.filter(connection=connection, tally_key=rejection.tally_key)
    added: Mapping[str, Any] = {"count": F("count") + count, "occurred_at": rejection.at}
    if tally.update(**added):
        return
    try:
        with transaction.atomic():
            _row(connection, rejection, count).save(force_insert=True)
    except IntegrityError:  # another request of the same minute was first
        tally.update(**added)


def _row(connection: Connection, rejection: Rejection, count: int) -> JournalEntry:
    return JournalEntry(
        connection=connection,
        occurred_at=rejection.at,
        correlation_id=rejection.correlation_id,
        operation=rejection.operation,
        status=rejection.status,
        scim_type=rejection.reason,
        tally_key=rejection.tally_key,
        count=count,
        notes=[rejection.detail],
        address=rejection.client.address,
        user_agent=rejection.client.user_agent,
    )
