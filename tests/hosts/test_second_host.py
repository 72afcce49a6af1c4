"""The app in another project: its own names, UUID keys, models from a later migration."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


class Host:
    """A project of its own, run in processes of its own."""

    def __init__(self, database: str) -> None:
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "PYTHONPATH": f"{HERE}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "club_settings",
            "CLUB_DATABASE": database,
        }

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            env=self.environment,
            cwd=HERE,
            capture_output=True,
            text=True,
            timeout=60,
        )


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    server = os.environ.get("DATABASE_URL")
    if not server:
        yield Host(f"sqlite:///{tmp_path / 'club.sqlite3'}")
        return
    with _database(server) as url:
        yield Host(url)


def test_checks_find_nothing_wrong(host: Host) -> None:
    checked = host.run("-m", "django", "check")

    assert checked.returncode == 0, checked.stderr


def test_the_app_has_nothing_to_migrate_whatever_the_key_types(host: Host) -> None:
    checked = host.run("-m", "django", "makemigrations", "--check", "--dry-run")

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_fresh_database_is_migrated_and_a_directory_followed(host: Host) -> None:
    migrated = host.run("-m", "django", "migrate")
    synced = host.run("club_sync.py")

    assert migrated.returncode == 0, migrated.stderr
    assert synced.returncode == 0, synced.stderr
    assert json.loads(synced.stdout) == {
        "seen": ["ruth", "sam"],
        "sam is active": False,
        "places": 0,
    }


def test_a_later_migration_of_the_host_breaks_no_deployed_database(host: Host) -> None:
    before = host.run("-m", "django", "migrate", "club", "0002")
    app = host.run("-m", "django", "migrate", "scim_provisioning")
    after = host.run("-m", "django", "migrate")

    assert [each.returncode for each in (before, app, after)] == [0, 0, 0], after.stderr


def test_the_app_is_taken_away_and_put_back(host: Host) -> None:
    host.run("-m", "django", "migrate")

    gone = host.run("-m", "django", "migrate", "scim_provisioning", "zero")
    back = host.run("-m", "django", "migrate")

    assert gone.returncode == 0, gone.stderr
    assert back.returncode == 0, back.stderr


@contextmanager
def _database(server: str) -> Iterator[str]:
    """Give the URL of a new database on a server of PostgreSQL; drop it afterwards."""
    name = f"club_{uuid4().hex}"
    with psycopg.connect(server, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
