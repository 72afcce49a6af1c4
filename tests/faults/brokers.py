"""Brokers of the tests' own, which keep their messages when they are killed.

Must not know what is sent through them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import missing
from tests.faults.processes import Program, free_port, wait_for_port

# Debian's own command is only for root and its user, and always the machine's node.
_RABBITMQ_COMMANDS = ("/usr/lib/rabbitmq/bin/rabbitmq-server", "rabbitmq-server")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broker:
    url: str
    port: int
    program: Program
    data: Path
    """A folder with everything it remembers."""

    def start(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        self.program.start()
        wait_for_port(self.port, self.program.log)

    def lose(self) -> None:
        """Kill it and forget its messages, queues and all."""
        self.program.kill()
        shutil.rmtree(self.data)


@contextmanager
def redis(folder: Path) -> Iterator[Broker]:
    port, data = free_port(), folder / "redis"
    options = {
        "port": str(port),
        "bind": "127.0.0.1",
        "dir": str(data),
        "save": "",
        "appendonly": "yes",
        "appendfsync": "always",
    }
    words = [word for name, text in options.items() for word in (f"--{name}", text)]
    with Program(
        command=[_installed("redis-server"), *words], environment={}, log=folder / "redis.log"
    ) as server:
        broker = Broker(url=f"redis://127.0.0.1:{port}/0", port=port, program=server, data=data)
        broker.start()
        yield broker


@contextmanager
def rabbitmq(folder: Path) -> Iterator[Broker]:
    port, names_port, data = free_port(), free_port(), folder / "rabbitmq"
    command = [_installed(*_RABBITMQ_COMMANDS)]
    environment = _rabbitmq_environment(folder, port=port, names_port=names_port, data=data)
    with (
        Program(
            # Else Erlang starts one by itself, which would outlive the test.
            command=[_installed("epmd"), "-port", str(names_port), "-address", "127.0.0.1"],
            environment={},
            log=folder / "epmd.log",
        ) as names,
        Program(command=command, environment=environment, log=folder / "rabbitmq.log") as server,
    ):
        names.start()
        wait_for_port(names_port, names.log)
        url = f"amqp://guest:guest@127.0.0.1:{port}//"
        broker = Broker(url=url, port=port, program=server, data=data)
        broker.start()
        yield broker


BROKERS: dict[str, Callable[[Path], AbstractContextManager[Broker]]] = {
    "Redis": redis,
    "RabbitMQ": rabbitmq,
}


def _rabbitmq_environment(
    folder: Path, *, port: int, names_port: int, data: Path
) -> dict[str, str]:
    """Name everything that would else be shared with the machine's own node."""
    (folder / "rabbitmq-env.conf").touch()
    (folder / "enabled_plugins").write_text("[].")
    (folder / "rabbitmq.conf").write_text(f"listeners.tcp.local = 127.0.0.1:{port}\n")
    return {
        "HOME": str(folder),  # holds the cookie
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(names_port),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "rabbitmq-env.conf"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_LOG_BASE": str(folder),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_MNESIA_BASE": str(data),
        "RABBITMQ_NODENAME": f"faults-{port}@localhost",
        "RABBITMQ_PID_FILE": str(folder / "rabbitmq.pid"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
            "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1"
        ),
    }


def _installed(*names: str) -> str:
    """Find the first of several names of one command; skips the test if there is none."""
    for name in names:
        if found := shutil.which(name):
            return found
    missing(f"{names[-1]} is not installed")
    raise AssertionError("missing() has not raised.")
