"""Choose the database from one URL; must not know the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

POSTGRESQL_SETTINGS = {
    # Milliseconds. A request that waits longer is better answered "come back later" than held.
    "statement_timeout": 15_000,
    "lock_timeout": 3_000,
    "idle_in_transaction_session_timeout": 30_000,
    # The default of 4 is for disks that turn: it reads whole tables where an index has the answer.
    "random_page_cost": 1.1,
}


def database(url: str, *, default: Path, behind_pooler: bool = False) -> dict[str, Any]:
    """Return PostgreSQL when a URL names one, else the SQLite file `default`."""
    if not url:
        return sqlite(default)
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL must start with postgres:// or be left out.")
    return postgresql(url, behind_pooler=behind_pooler)


def sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # Writers take the lock at BEGIN and queue for it, instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def postgresql(url: str, *, behind_pooler: bool = False) -> dict[str, Any]:
    """Return a PostgreSQL; behind a pooler that gives connections out for a transaction each.

    Nothing may then hang on a connection: no options, which the role has to have instead
    (docs/scale.md), and no cursor that outlives a transaction.
    """
    config: dict[str, Any] = dict(
        dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    )
    if behind_pooler:
        return {**config, "DISABLE_SERVER_SIDE_CURSORS": True}
    session = " ".join(f"-c {name}={value}" for name, value in POSTGRESQL_SETTINGS.items())
    config["OPTIONS"] = {**config.get("OPTIONS", {}), "options": session}
    return config
