"""Processes that a test may kill, freeze and start again; all end with the test.

Must not know which programs they are.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds until something that must come is given up."""


@dataclass(slots=True, kw_only=True)
class Program:
    """A command in a process group of its own, so that its children share its fate.

    Inside `with` it may be started; at the end of it, it is gone.
    """

    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.kill()

    def start(self) -> None:
        assert self._process is None, "It was started before."
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End it as a power cut would; harmless if it does not run."""
        if self._process is None:
            return
        self._signal(signal.SIGKILL)
        self._process.wait(PATIENCE)
        self._process = None

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None, "It was not started."
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


def wait_for_port(port: int, log: Path) -> None:
    """Wait until somebody listens; shows the log if nobody ever does."""

    def listens() -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        return False

    try:
        wait_until(listens, what=f"a listener on port {port}")
    except TimeoutError as problem:
        raise TimeoutError(f"{problem}\n{log.read_text()}") from problem


def wait_until(
    is_so: Callable[[], bool], *, what: str, seconds: float = PATIENCE, pause: float = 0.05
) -> float:
    """Wait until something is so; returns after how many seconds it was.

    Raises `TimeoutError`.
    """
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"Waited {seconds} s in vain for {what}.")
        time.sleep(pause)
    return time.monotonic() - began
