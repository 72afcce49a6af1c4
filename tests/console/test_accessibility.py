"""Every state of the pages, in light and dark, wide and narrow: no violation, nothing cut off."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import people
from tests.console.tour import Tour

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

AXE = Path(__file__).parent / "axe" / "axe.min.js"  # axe-core 4.14.1, MPL-2.0, unchanged
RUN = "axe.run({resultTypes: ['violations']})"
WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
SCREENSHOTS = os.environ.get("SCIM_SCREENSHOTS", "")
"""A folder to keep a picture of each state in."""


@pytest.fixture
def tour(page: Page, live_server: LiveServer, settings: Settings) -> Tour:
    settings.SCIM_PROVISIONING = {**settings.SCIM_PROVISIONING, "BASE_URL": live_server.url}
    return Tour(page, people.acme())


def test_no_state_has_a_violation_or_is_wider_than_the_screen(tour: Tour) -> None:
    faults: list[str] = []
    seen: list[str] = []

    for state in tour.states():
        seen.append(state)
        for width in WIDTHS:
            faults += _faults(tour.page, state, width)

    assert faults == []
    assert len(seen) == len(set(seen)) > 15


def _faults(page: Page, state: str, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    faults = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
        if SCREENSHOTS:
            page.screenshot(path=f"{SCREENSHOTS}/{state}-{width}-{scheme}.png", full_page=True)
        faults += [f"{state} {width} {scheme}: {fault}" for fault in _violations(page)]
    scroll_width = page.evaluate("document.documentElement.scrollWidth")
    if scroll_width > width:
        faults.append(f"{state}: {scroll_width} px wide on a screen of {width}")
    return faults


def _violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    found = page.evaluate(RUN)["violations"]
    return [
        f"{each['id']} at {node['target']}: {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
    ]
