"""The demo's server process: one at a time, found again and ended by the next.

Must not know what is served.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO

HOST = "127.0.0.1"

# Seconds.
BOOT_TIME = 30.0
SHUTDOWN_TIME = 10.0


class DemoError(Exception):
    """Why the demo cannot start or go on, in one sentence."""


class DemoLock:
    """A file that is locked while a demo runs and holds its pid and port.

    The lock, not the pid, says that a demo is running: a pid may long be somebody else's.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        self._file: IO[str] = path.open("a+")

    def claim(self, port: int) -> None:
        """Take the lock, ending the demo that holds it; raise DemoError when the port is taken.

        Nothing has been touched when it raises.
        """
        is_ours = self._acquire()
        if port_is_taken(port) and (is_ours or self._read()[1] != port):
            raise DemoError(f"Port {port} is taken; choose another: make demo PORT={port + 1}")
        if not is_ours:
            self._end_holder()
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"{os.getpid()} {port}")
        self._file.flush()

    def _acquire(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _read(self) -> tuple[int, int]:
        self._file.seek(0)
        pid, port = self._file.read().split()
        return int(pid), int(port)

    def _end_holder(self) -> None:
        pid, port = self._read()
        for kind in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.kill(pid, kind)
            deadline = time.monotonic() + SHUTDOWN_TIME
            while time.monotonic() < deadline:
                if self._acquire() and not port_is_taken(port):
                    return
                time.sleep(0.1)
        raise DemoError(f"The demo that is running (process {pid}) does not stop.")


def port_is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


@contextmanager
def serving(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Serve the product on a port, from when it answers until the block is left.

    Raises DemoError when it does not come up.
    """
    command = [sys.executable, "-m", "gunicorn", "settings.wsgi", "--bind", f"{HOST}:{port}"]
    # A session of its own: Ctrl-C is for us, we end the server in order.
    server = subprocess.Popen(
        [*command, "--config", "python:workspace.management.demo_gunicorn"],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _wait_until_it_answers(server, port)
        yield server
    finally:
        server.terminate()
        try:
            server.wait(SHUTDOWN_TIME)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + BOOT_TIME
    while time.monotonic() < deadline and server.poll() is None:
        if _answers(port):
            return
        time.sleep(0.1)
    raise DemoError("The server did not come up.")


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=BOOT_TIME)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
