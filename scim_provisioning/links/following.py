"""What following members and following groups have in common.

Must not know either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any, Literal

from django.db import IntegrityError, transaction
from django.db.models import Manager

from scim_provisioning.models import Connection

Kind = Literal["members", "groups"]

_CHUNK = 1000
_ATTEMPTS = 3
_written_here: ContextVar[frozenset[Kind]] = ContextVar("scim_written_here", default=frozenset())


@contextmanager
def own_write(kind: Kind) -> Iterator[None]:
    """Ignore what the host says of these while an operation writes both sides itself."""
    previous = _written_here.set(_written_here.get() | {kind})
    try:
        yield
    finally:
        _written_here.reset(previous)


def connection_to_follow(workspace_id: Any, kind: Kind) -> Connection | None:
    """Find whose links have to follow a change; None without a connection, or in our own write."""
    if kind in _written_here.get():
        return None
    return Connection.objects.filter(pk=workspace_id).first()


def follow(rows: Iterable[Any], refresh: Callable[[list[Any]], None]) -> None:
    """Refresh rows by the thousand; again when a directory takes one of the names meanwhile.

    The product's own change must not fail because of it.
    """
    remaining = iter(rows)
    while chunk := list(islice(remaining, _CHUNK)):
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with transaction.atomic():
                    refresh(chunk)
                break
            except IntegrityError:
                if attempt == _ATTEMPTS:
                    raise


def yield_names(links: Sequence[Any], siblings: Manager[Any], *, key: str) -> None:
    """Hide a link, by emptying its key, when the directory has given its name to another."""
    own = {link.pk for link in links if link.pk}
    wanted = [getattr(link, key) for link in links]
    holders = siblings.filter(deleted_at=None, **{f"{key}__in": wanted}).exclude(pk__in=own)
    taken = set(holders.values_list(key, flat=True))
    for link in links:
        if getattr(link, key) in taken:
            setattr(link, key, "")
        else:
            taken.add(getattr(link, key))
