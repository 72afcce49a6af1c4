"""A tour through every state of the settings pages, in a real browser.

Must not know what is looked at on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scim_provisioning.protocol.urns import PATCH_OP, USER
from scim_provisioning.simulator import okta
from scim_provisioning.simulator.client import ScimClient
from scim_provisioning.simulator.people import invent_people, invent_teams
from tests import people
from tests.console.conftest import PAGE
from tests.console.receiving import inside
from tests.webhooks.receiver import listening
from workspace.services import timezones, workspaces

if TYPE_CHECKING:
    from playwright.sync_api import Page

PEOPLE = invent_people(5)
TEAMS = invent_teams(2, PEOPLE)


class Tour:
    """Acme's owner goes from page to page; `states` stops at each."""

    def __init__(self, page: Page, acme: people.Acme) -> None:
        self.page = page
        self.acme = acme
        self.base_url = ""
        self.token = ""

    def states(self) -> Iterator[str]:
        yield from self.enabling()
        yield from self.first_sync()
        yield from self.reading()
        yield from self.telling()
        yield from self.ending()

    def enabling(self) -> Iterator[str]:
        page = self.page
        sign_in(page, self.acme)
        yield "not-enabled"
        page.get_by_label("Your password").fill("wrong")
        page.get_by_role("button", name="Enable provisioning").click()
        page.get_by_text("This is not your password.").wait_for()
        yield "wrong-password"
        page.get_by_label("Your password").fill(people.PASSWORD)
        page.get_by_role("button", name="Enable provisioning").click()
        page.get_by_text("The token is shown this once.").wait_for()
        self.base_url, self.token = shown(page, "scim-base-url"), shown(page, "scim-token")
        yield "token"
        page.get_by_text("Okta", exact=True).click()
        yield "recipe"
        page.goto(f"{PAGE}check/")
        page.get_by_label("Identity provider").select_option("entra")
        page.get_by_role("button", name="Run the check").click()
        page.get_by_text("All steps went well.").wait_for()
        yield "check"

    def first_sync(self) -> Iterator[str]:
        with okta.connect(self.base_url, self.token) as client:
            list(okta.first_sync(client, people=PEOPLE, teams=TEAMS))
            leaver = client.send("POST", "/Users", _olga()).document["id"]
            client.send("POST", "/Users", _olga())
            client.send("PATCH", f"/Users/{leaver}", _deactivation())
        with okta.connect(self.base_url, f"{self.token}x") as client:
            client.get("/Users")
        self.page.goto(PAGE)
        self.page.get_by_text("Healthy").wait_for()
        yield "healthy"

    def reading(self) -> Iterator[str]:
        page = self.page
        ada = PEOPLE[0].display_name
        self._choose_timezone(PEOPLE[0].user_name)
        page.goto(f"{PAGE}people/")
        yield "people"
        page.get_by_role("link", name=ada).click()
        page.get_by_role("button", name="Hand back to directory").wait_for()
        yield "person"
        page.goto(f"{PAGE}people/?text=olga")
        page.get_by_role("link", name="Olga Leaver").click()
        page.get_by_role("heading", name="Deprovision receipt").wait_for()
        yield "receipt"
        page.goto(f"{PAGE}groups/")
        yield "groups"
        page.get_by_role("link", name=TEAMS[0].name).click()
        yield "group"
        page.goto(f"{PAGE}activity/")
        yield "activity"

    def telling(self) -> Iterator[str]:
        page = self.page
        page.goto(f"{PAGE}webhook/")
        yield "webhook-none"
        page.get_by_label("URL of the receiver").fill("https://127.0.0.1/")
        page.get_by_role("button", name="Save the address").click()
        page.get_by_text("leads to an address that is not public").wait_for()
        yield "webhook-refused"
        with listening() as receiver:
            receiver.answers = [202, 202, 400, 503]
            page.get_by_label("URL of the receiver").fill(receiver.url)
            with inside():
                page.get_by_role("button", name="Save the address").click()
                page.get_by_text("Events go to this address from now on.").wait_for()
                yield "webhook-set"
                page.get_by_role("button", name="Send a test event").click()
                page.get_by_text("has accepted the test event").wait_for()
                with okta.connect(self.base_url, self.token) as client:
                    for name in ("Pia", "Quentin", "Rosa"):
                        client.send("POST", "/Users", _newcomer(name))
            page.get_by_role("button", name="Rotate the key").click()
            page.get_by_text("signed with a new key from now on").wait_for()
            yield "webhook-down"

    def ending(self) -> Iterator[str]:
        page = self.page
        page.goto(PAGE)
        page.get_by_label("Label").fill("From May")
        page.get_by_role("button", name="Create token").click()
        page.get_by_text("The token is shown this once.").wait_for()
        page.goto(PAGE)
        page.get_by_text("Revoke", exact=True).last.click()
        yield "rotation"
        workspaces.change_plan(workspace=self.acme.workspace, plan="PRO")
        page.reload()
        yield "paused"
        page.get_by_label("Type “Acme” to confirm").fill("Globex")
        page.get_by_role("button", name="Disable").click()
        yield "disable-refused"
        page.get_by_label("Type “Acme” to confirm").fill("Acme")
        page.get_by_role("button", name="Disable").click()
        yield "unavailable"
        workspaces.change_plan(workspace=self.acme.workspace, plan="ENTERPRISE")
        page.goto(PAGE)
        yield "disabled"

    def _choose_timezone(self, email: str) -> None:
        member = self.acme.workspace.members.get(email=email)
        timezones.set_timezone(member=member, timezone="Pacific/Auckland")


def sign_in(page: Page, acme: people.Acme) -> None:
    """Sign Acme's owner in and open the settings page."""
    page.goto(PAGE)
    page.get_by_label("E-mail").fill(acme.olivia.email)
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Directory provisioning").wait_for()


def shown(page: Page, element_id: str) -> str:
    return page.locator(f"#{element_id}").inner_text()


def create_person(base_url: str, token: str) -> int:
    """Create Rita over HTTP; returns the status."""
    person = {"schemas": [USER], "userName": "rita@acme.example", "displayName": "Rita"}
    with ScimClient(base_url, token) as client:
        return client.send("POST", "/Users", person).status


def _newcomer(name: str) -> dict[str, object]:
    return {"schemas": [USER], "userName": f"{name.lower()}@acme.example", "displayName": name}


def _olga() -> dict[str, object]:
    return {
        "schemas": [USER],
        "userName": "olga@acme.example",
        "displayName": "Olga Leaver",
        "emails": [{"value": "olga@acme.example", "primary": True}],
    }


def _deactivation() -> dict[str, object]:
    operation = {"op": "replace", "value": {"active": False}}
    return {"schemas": [PATCH_OP], "Operations": [operation]}
