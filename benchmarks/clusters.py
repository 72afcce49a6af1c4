"""Make and drop the databases of a run, on one PostgreSQL.

Must not know what is in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import LiteralString
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

PREFIX = "bench"


class Cluster:
    """One PostgreSQL server, under the account of an administrator."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection = psycopg.connect(url, autocommit=True)

    @property
    def version(self) -> str:
        return str(self._connection.info.parameter_status("server_version"))

    @contextmanager
    def database(self, name: str, *, template: str | None = None) -> Iterator[str]:
        """Give the URL of a new database, a copy of `template` if there is one; drop it after."""
        full = f"{PREFIX}_{name}"
        self._drop(full)
        source = f"{PREFIX}_{template}" if template else "template0"
        self._execute("CREATE DATABASE {} TEMPLATE {}", full, source)
        try:
            yield urlsplit(self._url)._replace(path=f"/{full}").geturl()
        finally:
            self._drop(full)

    def settle(self, url: str) -> None:
        """Clean and analyse a database, and empty the write-ahead log's backlog."""
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")

    def backends(self, url: str) -> list[int]:
        """List the processes that serve the clients of a database."""
        rows = self._connection.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend'",
            [urlsplit(url).path.lstrip("/")],
        )
        return [pid for (pid,) in rows]

    def _drop(self, name: str) -> None:
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _execute(self, statement: LiteralString, *names: str) -> None:
        self._connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
