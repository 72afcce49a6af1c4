"""The owner's way in a real browser; must not know how the page is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scim_provisioning.protocol.urns import USER
from scim_provisioning.simulator.client import ScimClient
from tests import people
from tests.console.conftest import PAGE

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

WIDTHS = (1280, 360)
NO_INLINE = "default-src 'self'; script-src 'self'; style-src 'self'"


@pytest.fixture
def owner(page: Page, live_server: LiveServer, settings: Settings) -> Page:
    """A browser in which Acme's owner has opened the settings page."""
    settings.SCIM_PROVISIONING = {**settings.SCIM_PROVISIONING, "BASE_URL": live_server.url}
    olivia = people.acme().olivia
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(PAGE)
    page.get_by_label("E-mail").fill(olivia.email)
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Directory provisioning").wait_for()
    return page


def test_a_token_is_copied_used_and_gone_after_a_reload(owner: Page) -> None:
    owner.get_by_role("button", name="Enable provisioning").click()
    base_url, token = _copied(owner, "Copy the base URL"), _copied(owner, "Copy the token")

    created = _create_person(base_url, token)
    answer = owner.reload()

    assert created == 201
    assert answer is not None
    assert answer.request.method == "GET"
    assert token not in owner.content()
    assert "rita@acme.example" in owner.get_by_role("table").inner_text()


def test_a_second_token_is_made_and_the_first_revoked(owner: Page) -> None:
    owner.get_by_role("button", name="Enable provisioning").click()
    base_url, old = _copied(owner, "Copy the base URL"), _copied(owner, "Copy the token")
    owner.get_by_label("Label").fill("Second")
    owner.get_by_role("button", name="Create token").click()
    owner.get_by_text("Second").wait_for()
    new = _copied(owner, "Copy the token")

    owner.get_by_text("Revoke", exact=True).last.click()
    owner.get_by_role("button", name=f"Revoke {old[:13]}").click()
    owner.get_by_text("The token is revoked.").wait_for()

    assert (_create_person(base_url, old), _create_person(base_url, new)) == (401, 201)


def test_disabled_and_enabled_again_the_base_url_stays_and_the_old_token_is_dead(
    owner: Page,
) -> None:
    owner.get_by_role("button", name="Enable provisioning").click()
    base_url, old = _copied(owner, "Copy the base URL"), _copied(owner, "Copy the token")

    owner.get_by_label("Type “Acme” to confirm").fill("Acme")
    owner.get_by_role("button", name="Disable").click()
    owner.get_by_text("Provisioning is disabled. Every person").wait_for()
    while_disabled = _create_person(base_url, old)
    owner.get_by_role("button", name="Enable again").click()

    assert _copied(owner, "Copy the base URL") == base_url
    assert (while_disabled, _create_person(base_url, old)) == (403, 401)
    assert _create_person(base_url, _copied(owner, "Copy the token")) == 201


@pytest.mark.parametrize("width", WIDTHS)
def test_no_state_is_wider_than_the_screen(owner: Page, width: int) -> None:
    owner.set_viewport_size({"width": width, "height": 800})
    widths = [_scroll_width(owner)]

    owner.get_by_role("button", name="Enable provisioning").click()
    owner.get_by_text("The token is shown this once.").wait_for()
    widths.append(_scroll_width(owner))
    _create_person(_copied(owner, "Copy the base URL"), _copied(owner, "Copy the token"))
    owner.reload()
    for recipe in owner.get_by_text("Okta", exact=True), owner.get_by_text("JumpCloud", exact=True):
        recipe.click()
        widths.append(_scroll_width(owner))

    assert widths == [width] * len(widths)


def test_the_page_works_where_inline_scripts_and_styles_are_forbidden(owner: Page) -> None:
    complaints: list[str] = []
    owner.on("console", lambda message: complaints.append(message.text))
    owner.route("**/settings/scim/**", _with_policy)
    owner.reload()

    owner.get_by_role("button", name="Enable provisioning").click()

    assert _copied(owner, "Copy the token").startswith("scim_")
    assert complaints == []


def _copied(page: Page, name: str) -> str:
    page.get_by_role("button", name=name).click()
    page.get_by_role("button", name=name).get_by_text("Copied").wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


def _create_person(base_url: str, token: str) -> int:
    """Create Rita over HTTP; returns the status."""
    person = {"schemas": [USER], "userName": "rita@acme.example", "displayName": "Rita"}
    with ScimClient(base_url, token) as client:
        return client.send("POST", "/Users", person).status


def _scroll_width(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def _with_policy(route: Route) -> None:
    answer = route.fetch(max_redirects=0)
    headers = {**answer.headers, "content-security-policy": NO_INLINE}
    route.fulfill(response=answer, headers=headers)
