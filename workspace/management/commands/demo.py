"""`make demo`: a workspace that an identity provider fills over HTTP, then served.

Must not know SCIM: the simulator speaks it, `scim_enable` switches it on.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.urls import reverse

from scim_provisioning.simulator import okta
from scim_provisioning.simulator.people import invent_people, invent_teams
from workspace.management.demo_server import DemoError, DemoLock, serving
from workspace.management.demo_world import ACME_OWNER, make_world

TEAMS = 5
BAR_WIDTH = 30


class Command(BaseCommand):
    help = "Start over with a demo workspace, fill it as Okta would, and serve it until Ctrl-C."
    # The checks want a database, which is made here.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=60, help="0 plays nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, _leave)
        try:
            self._run(people=options["people"])
        except (DemoError, okta.SyncError) as problem:
            raise CommandError(str(problem)) from problem

    def _run(self, *, people: int) -> None:
        folder = Path(settings.DATABASES["default"]["NAME"]).parent
        if folder.name != ".demo":  # it will be emptied
            raise DemoError("The demo runs with settings.demo only: make demo")
        port = urlsplit(settings.BASE_URL).port or 80
        lock = DemoLock(folder / "lock")
        lock.claim(port)
        _remove_traces(folder)
        self.stdout.write("Making the workspaces Acme and Globex …")
        call_command("migrate", verbosity=0)
        password = secrets.token_urlsafe(9)
        make_world(password=password)
        access = _enable_scim("acme")
        connection.close()
        with serving(port) as server:
            self._play(access, people)
            facts = _facts(access, password)
            _write_atomically(folder / "connection.json", json.dumps(facts, indent=2))
            self._announce(facts)
            server.wait()
        raise DemoError("The server has stopped.")

    def _play(self, access: dict[str, str], count: int) -> None:
        """Bring the directory over; raise SyncError when Okta would give up."""
        if count == 0:
            return
        people = invent_people(count)
        with okta.connect(access["base_url"], access["token"]) as client:
            steps = okta.first_sync(client, people=people, teams=invent_teams(TEAMS, people))
            for line in _bar(steps):
                self.stdout.write(line, ending="")
                self.stdout.flush()
        self.stdout.write(f"\nOkta has brought {count} people and {TEAMS} groups.")

    def _announce(self, facts: dict[str, Any]) -> None:
        owner = facts["owner"]
        self.stdout.write(
            f"""
  The workspace   {settings.BASE_URL}/
  SCIM settings   {facts["settings_url"]}
  Sign in as      {owner["email"]}
  Password        {owner["password"]}

  SCIM base URL   {facts["base_url"]}
  SCIM token      {facts["token"]}

Serving until Ctrl-C.""",
        )
        self.stdout.flush()


def _leave(number: int, frame: FrameType | None) -> None:
    """Leave in order: the blocks that were entered stop what they started."""
    for one in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(one, signal.SIG_IGN)
    sys.exit(0)


def _remove_traces(folder: Path) -> None:
    for path in (*folder.glob("db.sqlite3*"), folder / "connection.json"):
        path.unlink(missing_ok=True)


def _enable_scim(slug: str) -> dict[str, str]:
    """Return `{"base_url": str, "token": str}`."""
    printed = StringIO()
    call_command("scim_enable", slug, "--json", stdout=printed)
    access: dict[str, str] = json.loads(printed.getvalue())
    return access


def _facts(access: dict[str, str], password: str) -> dict[str, Any]:
    path = reverse(settings.WORKSPACE_DIRECTORY_URL_NAME, kwargs={"workspace": "acme"})
    return {
        **access,
        "settings_url": settings.BASE_URL.rstrip("/") + path,
        "owner": {"email": ACME_OWNER, "password": password},
        "pid": os.getpid(),
    }


def _write_atomically(path: Path, text: str) -> None:
    """Write for whoever waits for the file: it is whole as soon as it is there."""
    draft = path.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(path)


def _bar(steps: Iterator[okta.Progress]) -> Iterator[str]:
    """Draw the progress: one line that moves on a terminal, else one line for each tenth."""
    for step in steps:
        part = step.done / step.total
        if sys.stdout.isatty():
            bar = f"{'█' * round(part * BAR_WIDTH):░<{BAR_WIDTH}}"
            yield f"\r\033[K{bar} {step.done}/{step.total}  {step.name}"
        elif step.done * 10 // step.total > (step.done - 1) * 10 // step.total:
            yield f"{step.done}/{step.total} "
