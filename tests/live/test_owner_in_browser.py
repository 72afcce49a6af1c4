"""What the owner sees in a real browser after a sync; must not know how the pages are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scim_provisioning.simulator import okta
from scim_provisioning.simulator.people import invent_people, invent_teams
from tests.conftest import ScimServer
from tests.people import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

PEOPLE = invent_people(5)
TEAMS = invent_teams(2, PEOPLE)


@pytest.fixture
def synced(scim_server: ScimServer) -> ScimServer:
    with okta.connect(scim_server.base_url, scim_server.token) as client:
        list(okta.first_sync(client, people=PEOPLE, teams=TEAMS))
    return scim_server


@pytest.fixture
def owner(synced: ScimServer, page: Page) -> Page:
    """A browser in which Acme's owner has signed in."""
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(synced.acme.olivia.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()
    return page


def test_the_people_who_came_are_listed(owner: Page) -> None:
    owner.goto("/workspaces/acme/members/")

    listed = owner.get_by_role("table").inner_text()
    assert [one.display_name for one in PEOPLE if one.display_name not in listed] == []


def test_the_groups_that_came_are_listed(owner: Page) -> None:
    owner.goto("/workspaces/acme/groups/")

    listed = owner.get_by_role("main").inner_text()
    assert [team.name for team in TEAMS if team.name not in listed] == []
