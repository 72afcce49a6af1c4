"""What every test may ask for: a server that really listens, a credential for it, a browser.

Must not know what any test does with them.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.core.servers.basehttp import WSGIRequestHandler

from scim_provisioning.simulator.client import ScimClient
from tests import people

if TYPE_CHECKING:  # starting a browser's driver is for the tests that need one
    from playwright.sync_api import Browser, Page
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    # Nothing but the page under test is to be fetched.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScimServer:
    """SCIM of the workspace Acme, switched on and reached over HTTP."""

    base_url: str
    token: str
    acme: people.Acme

    def client(self) -> ScimClient:
        return ScimClient(self.base_url, self.token)


@pytest.fixture(scope="session", autouse=True)
def _quick_answers() -> None:
    # Django's test server sends head and body apart; the second would wait 40 ms for the client.
    WSGIRequestHandler.disable_nagle_algorithm = True


@pytest.fixture
def scim_server(transactional_db: None, live_server: LiveServer, settings: Settings) -> ScimServer:
    """A live server that knows Acme, with SCIM switched on, and Globex."""
    settings.SCIM_PROVISIONING = {**settings.SCIM_PROVISIONING, "BASE_URL": live_server.url}
    acme = people.acme()
    people.globex()
    printed = StringIO()
    call_command("scim_enable", "acme", "--json", stdout=printed)
    return ScimServer(**json.loads(printed.getvalue()), acme=acme)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without one the test is skipped, on a CI machine it fails."""
    from playwright.sync_api import sync_playwright

    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        missing("Chromium is not installed")
    # Playwright keeps an event loop in this thread, where the tests also use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=BROWSER_ARGUMENTS, chromium_sandbox=False
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, transactional_db: None, live_server: LiveServer) -> Iterator[Page]:
    """A fresh browser profile; addresses are relative to the live server."""
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def missing(what: str) -> None:
    """Skip by name what this machine cannot run; a CI machine has to have it."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)
