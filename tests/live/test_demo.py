"""`manage.py demo` as a process: ready, started over, in the way, ended.

Must not know how it does it.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from scim_provisioning.simulator.client import ScimClient

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Demos:
    """Starts demos in one folder."""

    folder: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *, port: int, people: int = 0) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.live.demo_settings",
            "DEMO_FOLDER": str(self.folder),
            "BASE_URL": f"http://127.0.0.1:{port}",
        }
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--people", str(people)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def connection(self, process: subprocess.Popen[str]) -> dict[str, Any]:
        """Wait until this very demo is ready; return what it wrote for scripts."""
        path = self.folder / "connection.json"
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and process.poll() is None:
            written: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
            if written.get("pid") == process.pid:
                return written
            time.sleep(0.1)
        pytest.fail(f"The demo did not become ready: {process.poll()}")


@pytest.fixture
def demos(tmp_path: Path) -> Iterator[Demos]:
    demos = Demos(tmp_path / ".demo")
    yield demos
    for process in demos.started:
        process.terminate()
        process.communicate(timeout=PATIENCE)


@pytest.fixture
def port() -> int:
    return _free_port()


def test_a_ready_demo_is_filled_and_says_how_to_reach_it(demos: Demos, port: int) -> None:
    written = demos.connection(demos.start(port=port, people=4))

    assert set(written) == {"base_url", "token", "settings_url", "owner", "pid"}
    assert written["settings_url"] == f"http://127.0.0.1:{port}/workspaces/acme/settings/scim/"
    assert set(written["owner"]) == {"email", "password"}
    with ScimClient(written["base_url"], written["token"]) as client:
        names = {one["displayName"] for one in client.get("/Groups").document["Resources"]}
        answer = client.get("/Users", filter='userName eq "dmitri.novak@acme.example"')
    assert {"Engineering", "Customer Success", "Sales", "Finance", "Design"} <= names
    assert answer.document["totalResults"] == 1


def test_started_again_it_starts_over(demos: Demos, port: int) -> None:
    first = demos.start(port=port)
    before = demos.connection(first)

    after = demos.connection(demos.start(port=port))

    assert first.wait(PATIENCE) == 0
    assert after["token"] != before["token"]


def test_a_taken_port_is_told_and_nothing_is_touched(demos: Demos, port: int) -> None:
    running = demos.start(port=port)
    before = demos.connection(running)
    with socket.create_server(("127.0.0.1", _free_port())) as other:
        taken = other.getsockname()[1]

        refused = demos.start(port=taken)

        assert refused.wait(PATIENCE) == 1
    assert refused.stderr is not None
    assert f"Port {taken} is taken" in refused.stderr.read()
    assert running.poll() is None
    assert demos.connection(running) == before


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order(demos: Demos, port: int, kind: signal.Signals) -> None:
    process = demos.start(port=port)
    demos.connection(process)

    process.send_signal(kind)

    assert process.wait(PATIENCE) == 0
    assert not _is_listening(port)


def test_its_server_ends_with_it_even_when_it_is_killed(demos: Demos, port: int) -> None:
    process = demos.start(port=port)
    demos.connection(process)

    process.kill()

    deadline = time.monotonic() + PATIENCE
    while _is_listening(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _is_listening(port)


def _is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
