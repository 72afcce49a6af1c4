"""A directory that adds people, one request each, and notes what it is answered.

Must not know what befalls the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from time import monotonic
from types import TracebackType
from typing import Self

from scim_provisioning.simulator.client import Answer, ScimClient

_AT_ONCE = 4
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    status: int | None
    """None if no answer came."""
    scim_id: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    base_url: str
    token: str
    domain: str
    """Tells the people of one test from those of others."""
    writes: list[Write] = field(default_factory=list)
    _held: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(8))
    _pending: list[Future[Write]] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._held.shutdown()

    def begin(self) -> None:
        """Send a write whose answer may take long."""
        self._pending.append(self._held.submit(self._write))

    def finish(self) -> None:
        """Wait for the answers of what was begun."""
        self.writes.extend(each.result() for each in self._pending)
        self._pending.clear()

    def crowd(self, size: int) -> Sequence[Write]:
        """Send many writes, four at a time; returns them."""
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            writes = list(threads.map(lambda _: self._write(), range(size)))
        self.writes.extend(writes)
        return writes

    def _write(self) -> Write:
        began = monotonic()
        answer = self._ask(f"person-{next(_numbers)}@{self.domain}")
        return Write(
            status=answer.status if answer else None,
            scim_id=answer.document["id"] if answer and answer.status == 201 else "",
            seconds=monotonic() - began,
        )

    def _ask(self, user_name: str) -> Answer | None:
        # A connection for each: the client never sends a write again by itself.
        with closing(ScimClient(self.base_url, self.token, timeout=40)) as client:
            try:
                return client.send("POST", "/Users", {"userName": user_name})
            except (OSError, HTTPException):
                return None
