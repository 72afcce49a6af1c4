"""Fill, start, ask and stop the three servers, each behind the same gunicorn.

Must not know what they are asked.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from benchmarks import processes
from benchmarks.clusters import Cluster
from benchmarks.copying import FIRST
from benchmarks.costs import Cost
from benchmarks.documents import made_id
from scim_provisioning.simulator.client import Answer, ScimClient

WORKERS = 1
THREADS = 4
BOOT_SECONDS = 30
STOP_SECONDS = 10
ANSWER_SECONDS = 300
FIRST_REQUEST = "/Users?startIndex=1&count=1"

_VARIABLES = {
    "SECRET_KEY": "benchmark",
    "ALLOWED_HOSTS": "127.0.0.1",
    "BASE_URL": "http://127.0.0.1",
    "LOG_LEVEL": "ERROR",
    "PYTHONWARNINGS": "ignore",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One of the three: what it is called, how it is set up, and how it names its resources."""

    name: str
    package: str
    fills: str
    """The package whose tables it has."""
    user_id: Callable[[int], str]
    group_id: Callable[[int], str]
    has_cursors: bool = True
    has_bulk: bool = True


def _user_uuid(number: int) -> str:
    return str(made_id("user", number))


def _group_uuid(size: int) -> str:
    return str(made_id("group", size))


PROJECT = Server(
    name="this project",
    package="project",
    fills="project",
    user_id=_user_uuid,
    group_id=_group_uuid,
)
FLOOR = Server(
    name="by hand",
    package="floor",
    fills="project",
    user_id=_user_uuid,
    group_id=_group_uuid,
)
DJANGO_SCIM2 = Server(
    name="django-scim2",
    package="django_scim2",
    fills="django_scim2",
    user_id=lambda number: str(FIRST + number),
    group_id=str,
    has_cursors=False,
    has_bulk=False,
)
SERVERS = (PROJECT, FLOOR, DJANGO_SCIM2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where a server is to be asked, and with which token."""

    path: str
    token: str


class Running:
    """A server that answers, its processes and its database."""

    def __init__(
        self, server: Server, base_url: str, token: str, *, pid: int, cluster: Cluster, url: str
    ) -> None:
        self.server = server
        self.base_url = base_url
        self.token = token
        self._pid = pid
        self._cluster = cluster
        self._url = url
        self._client = ScimClient(base_url, token, timeout=ANSWER_SECONDS)

    def send(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        return self._client.send(method, path, body, headers=headers)

    def spent(self) -> Cost:
        """Tell what the server, and the database for it, have used so far."""
        backends = self._cluster.backends(self._url)
        is_visible = all(map(processes.is_visible, backends))
        return Cost(
            server=processes.cpu_seconds(processes.with_descendants(self._pid)),
            database=processes.cpu_seconds(backends) if is_visible else None,
        )

    def resident_bytes(self) -> int:
        return processes.resident_bytes(processes.with_descendants(self._pid)[1:])


@contextmanager
def running(
    cluster: Cluster, *, people: int, group_sizes: Sequence[int]
) -> Iterator[list[Running]]:
    """Run all three on databases of this size, from when they answer until the block is left."""
    sizes = [size for size in group_sizes if size <= people]
    with ExitStack() as stack:
        accounts: dict[str, Account] = {}
        urls: dict[str, str] = {}
        for server in SERVERS:
            is_copy = server.fills in accounts
            template = f"{server.fills}_{people}" if is_copy else None
            url = stack.enter_context(
                cluster.database(f"{server.package}_{people}", template=template)
            )
            if not is_copy:
                module = f"benchmarks.{server.package}.fill"
                accounts[server.fills] = Account(**told(server, url, module, people, *sizes))
            cluster.settle(url)
            urls[server.name] = url
        yield [
            stack.enter_context(serving(server, accounts[server.fills], cluster, urls[server.name]))
            for server in SERVERS
        ]


def told(server: Server, url: str, module: str, *arguments: object) -> Any:
    """Run a module under a server's settings and give the JSON that it prints."""
    answer = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        env=_environment(server, url),
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(answer.stdout)


@contextmanager
def serving(
    server: Server,
    account: Account,
    cluster: Cluster,
    url: str,
    *,
    workers: int = WORKERS,
    variables: Mapping[str, str] | None = None,
    first: str = "",
) -> Iterator[Running]:
    """Run one from when it answers until the block is left; `first` is what it is asked first."""
    port = _free_port()
    options = f"""
        --bind=127.0.0.1:{port} --workers={workers} --threads={THREADS} --no-control-socket
        --timeout={ANSWER_SECONDS} --graceful-timeout=1 --log-level=error
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "benchmarks.wsgi", *options.split()],
        env=_environment(server, url) | dict(variables or {}),
    )
    try:
        base_url = f"http://127.0.0.1:{port}{account.path}"
        found = Running(server, base_url, account.token, pid=process.pid, cluster=cluster, url=url)
        _wait(found, process, first or FIRST_REQUEST)
        yield found
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            processes.kill(processes.with_descendants(process.pid))


def _environment(server: Server, url: str) -> dict[str, str]:
    module = f"benchmarks.{server.package}.settings"
    return {**os.environ, **_VARIABLES, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": module}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(found: Running, process: subprocess.Popen[bytes], path: str) -> None:
    deadline = time.monotonic() + BOOT_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            found.send("GET", path)
        except (OSError, HTTPException):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{found.server.name} does not come up.")
