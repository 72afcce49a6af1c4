"""The owner's journeys in a real browser; must not know how the pages are made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jwt
import pytest

from scim_provisioning.simulator import okta
from tests import people
from tests.console.conftest import PAGE
from tests.console.receiving import inside
from tests.console.tour import PEOPLE, TEAMS, create_person, sign_in
from tests.webhooks.receiver import listening

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

WIDTHS = (1280, 360)
NO_INLINE = "default-src 'self'; script-src 'self'; style-src 'self'"


@pytest.fixture
def owner(page: Page, live_server: LiveServer, settings: Settings) -> Page:
    """A browser in which Acme's owner has opened the settings page."""
    settings.SCIM_PROVISIONING = {**settings.SCIM_PROVISIONING, "BASE_URL": live_server.url}
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, people.acme())
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_enabled_synced_seen_rotated_disabled_and_enabled_again(owner: Page, width: int) -> None:
    owner.set_viewport_size({"width": width, "height": 800})
    base_url, old = _enable(owner)

    with okta.connect(base_url, old) as client:
        list(okta.first_sync(client, people=PEOPLE, teams=TEAMS))
    owner.get_by_text("Healthy").wait_for()  # by itself: the page is live
    owner.get_by_role("link", name=PEOPLE[0].user_name).first.wait_for()

    new = _rotate(owner)
    both = create_person(base_url, old), create_person(base_url, new)
    _revoke(owner, old)
    after = create_person(base_url, old), create_person(base_url, new)
    _disable(owner)
    off = create_person(base_url, new)
    again_url, again = _enable(owner, button="Enable again")

    assert (both, after, off) == ((201, 409), (401, 409), 403)
    assert again_url == base_url
    assert (create_person(base_url, new), create_person(base_url, again)) == (401, 409)


def test_a_token_is_gone_after_a_reload(owner: Page) -> None:
    _base_url, token = _enable(owner)

    answer = owner.reload()

    assert answer is not None
    assert answer.request.method == "GET"
    assert token not in owner.content()


def test_a_refusal_appears_with_its_reason_while_the_page_is_open(owner: Page) -> None:
    base_url, token = _enable(owner)

    create_person(base_url, token)
    create_person(base_url, token)

    owner.get_by_text("another user of this workspace has this name").wait_for()
    assert owner.get_by_role("table").get_by_text("Refused").count() == 1


def test_a_wrong_token_is_told_to_the_owner(owner: Page) -> None:
    base_url, token = _enable(owner)

    create_person(base_url, token[:-1])

    owner.get_by_text("look for a missing end or a blank").wait_for()


def test_the_activity_is_filtered_and_followed_to_a_person(owner: Page) -> None:
    base_url, token = _enable(owner)
    create_person(base_url, token)
    create_person(base_url, token)

    owner.get_by_role("link", name="Activity", exact=True).click()
    owner.get_by_label("Outcome").select_option("done")
    owner.get_by_role("button", name="Show").click()
    owner.get_by_text("Refused", exact=True).first.wait_for(state="hidden")
    owner.get_by_role("link", name="rita@acme.example").click()

    owner.get_by_role("heading", name="Timeline").wait_for()
    owner.locator(".scim-timeline").get_by_text("Add person").wait_for()


def test_a_file_of_the_activity_is_saved(owner: Page) -> None:
    base_url, token = _enable(owner)
    create_person(base_url, token)
    owner.get_by_role("link", name="All activity").click()

    with owner.expect_download() as download:
        owner.get_by_role("link", name="Export as CSV").click()

    assert download.value.suggested_filename == "scim-activity.csv"


def test_the_pages_work_without_javascript(
    browser: Browser, live_server: LiveServer, settings: Settings
) -> None:
    settings.SCIM_PROVISIONING = {**settings.SCIM_PROVISIONING, "BASE_URL": live_server.url}
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, people.acme())
    page.get_by_label("Your password").fill(people.PASSWORD)
    page.get_by_role("button", name="Enable provisioning").click()
    token = page.locator("#scim-token").inner_text()
    base_url = page.locator("#scim-base-url").inner_text()
    created = create_person(base_url, token)
    page.goto(f"{PAGE}check/")
    page.get_by_role("button", name="Run the check").click()
    page.get_by_text("All steps went well.").wait_for()
    page.goto(f"{PAGE}people/?text=rita")
    page.get_by_role("link", name="Rita").click()
    page.goto(f"{PAGE}webhook/")
    with inside(), listening() as receiver:
        page.get_by_label("URL of the receiver").fill(receiver.url)
        page.get_by_role("button", name="Save the address").click()
        page.get_by_role("button", name="Send a test event").click()
        page.get_by_text("has accepted the test event").wait_for()
    page.goto(PAGE)
    _disable(page)
    context.close()

    assert created == 201


@pytest.mark.parametrize("width", WIDTHS)
def test_a_webhook_is_set_tested_and_its_keys_are_copied(owner: Page, width: int) -> None:
    owner.set_viewport_size({"width": width, "height": 800})
    _enable(owner)
    owner.get_by_role("link", name="Webhook").click()
    with inside(), listening() as receiver:
        owner.get_by_label("URL of the receiver").fill(receiver.url)
        owner.get_by_role("button", name="Save the address").click()
        keys = json.loads(_copied(owner, "Copy the keys"))
        published = owner.request.get(_copied(owner, "Copy the address of the keys"))
        owner.get_by_role("button", name="Send a test event").click()
        owner.get_by_text("has accepted the test event").wait_for()
    owner.get_by_role("button", name="Remove the webhook").click()
    owner.get_by_text("The webhook is removed").wait_for()

    [received] = receiver.received
    assert published.json() == keys
    jwt.decode(
        received.body,
        jwt.PyJWKSet.from_dict(keys)[received.header["kid"]],
        algorithms=["ES256"],
        audience=receiver.origin,
    )


def test_the_page_works_where_inline_scripts_and_styles_are_forbidden(owner: Page) -> None:
    complaints: list[str] = []
    owner.on("console", lambda message: complaints.append(message.text))
    owner.route("**/settings/scim/**", _with_policy)
    owner.reload()

    base_url, token = _enable(owner)
    create_person(base_url, token)
    owner.get_by_text("Healthy").wait_for()

    assert complaints == []


def _enable(page: Page, *, button: str = "Enable provisioning") -> tuple[str, str]:
    """Give the password where it is asked for; returns base URL and token, as copied."""
    password = page.get_by_label("Your password")
    if password.count():
        password.fill(people.PASSWORD)
    page.get_by_role("button", name=button).click()
    return _copied(page, "Copy the base URL"), _copied(page, "Copy the token")


def _rotate(page: Page) -> str:
    page.get_by_label("Label").fill("From May")
    page.get_by_label("The token you have now ends").select_option("1")
    page.get_by_role("button", name="Create token").click()
    page.get_by_text("From May").wait_for()
    return _copied(page, "Copy the token")


def _revoke(page: Page, token: str) -> None:
    page.get_by_text("Revoke", exact=True).last.click()
    page.get_by_role("button", name=f"Revoke {token[:13]}").click()
    page.get_by_text("The token is revoked.").wait_for()


def _disable(page: Page) -> None:
    page.get_by_label("Type “Acme” to confirm").fill("Acme")
    page.get_by_role("button", name="Disable").click()
    page.get_by_text("Provisioning is disabled. Every person").wait_for()


def _copied(page: Page, name: str) -> str:
    page.get_by_role("button", name=name).click()
    page.get_by_role("button", name=name).get_by_text("Copied").wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


def _with_policy(route: Route) -> None:
    answer = route.fetch(max_redirects=0)
    headers = {**answer.headers, "content-security-policy": NO_INLINE}
    route.fulfill(response=answer, headers=headers)
