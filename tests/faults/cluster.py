"""The product as it is deployed: web, worker, sweep, a broker and a database.

Must not know what befalls them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.apps import LEDGER
from tests.faults.brokers import Broker
from tests.faults.database import PostgreSQL
from tests.faults.ledger import Ledger
from tests.faults.points import FOLDER_VARIABLE, Points
from tests.faults.processes import ROOT, Program, free_port, wait_for_port

_SEED = "from tests import people; people.acme()"
_WORKER = "-m celery --app settings worker --concurrency 2 --without-gossip --without-mingle"
_WEB = "-m gunicorn settings.wsgi --no-control-socket --workers 1 --threads 12"
_SWEEP = "manage.py scim_outbox --loop --seconds 0.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    broker: Broker
    database: PostgreSQL
    points: Points
    ledger: Ledger
    web: Program
    worker: Program
    sweep: Program
    port: int
    base_url: str
    token: str

    def start_web(self) -> None:
        self.web.start()
        wait_for_port(self.port, self.web.log)

    def last_words(self) -> str:
        """Quote the ends of the logs, for whoever has to find out why."""
        logs = (each.log for each in (self.web, self.worker, self.sweep))
        return "\n".join(f"--- {log.name}\n{log.read_text()[-3000:]}" for log in logs)


@contextmanager
def running(folder: Path, *, broker: Broker, database: PostgreSQL) -> Iterator[Cluster]:
    """Start everything, with Acme in it and SCIM switched on; end it whatever happens."""
    port = free_port()
    environment = _environment(folder, port=port, broker=broker, database=database)
    _manage(environment, "migrate", "--verbosity", "0")
    _manage(environment, "shell", "--verbosity", "0", "--command", _SEED)
    enabled: dict[str, Any] = json.loads(_manage(environment, "scim_enable", "acme", "--json"))

    def program(name: str, arguments: str) -> Program:
        command = [sys.executable, *arguments.split()]
        return Program(command=command, environment=environment, log=folder / f"{name}.log")

    cluster = Cluster(
        broker=broker,
        database=database,
        points=Points(folder),
        ledger=Ledger(folder / LEDGER),
        web=program("web", f"{_WEB} --bind 127.0.0.1:{port}"),
        worker=program("worker", f"{_WORKER} --hostname faults-{port}@%h --loglevel INFO"),
        sweep=program("sweep", _SWEEP),
        port=port,
        **enabled,
    )
    with cluster.web, cluster.worker, cluster.sweep:
        cluster.worker.start()
        cluster.sweep.start()
        cluster.start_web()
        yield cluster


def _environment(
    folder: Path, *, port: int, broker: Broker, database: PostgreSQL
) -> dict[str, str]:
    return {
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "CELERY_BROKER_URL": broker.url,
        "DATABASE_URL": database.url,
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "LOG_JSON": "false",
        "SECRET_KEY": "test-only",
        FOLDER_VARIABLE: str(folder),
    }


def _manage(environment: dict[str, str], *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=120,
    ).stdout
