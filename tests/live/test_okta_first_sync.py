"""The simulated Okta against a live server; must not know how the server stores anything."""

from __future__ import annotations

from time import sleep

import pytest
from pytest_django import Settings

from scim_provisioning.simulator import client, okta
from scim_provisioning.simulator.people import invent_people, invent_teams
from tests.conftest import ScimServer
from workspace import selectors

PEOPLE = invent_people(7)
TEAMS = invent_teams(3, PEOPLE)


def test_people_and_groups_arrive(scim_server: ScimServer) -> None:
    with okta.connect(scim_server.base_url, scim_server.token) as client:
        progress = list(okta.first_sync(client, people=PEOPLE, teams=TEAMS))

    assert [(one.done, one.total) for one in progress] == [(n, 10) for n in range(1, 11)]
    for team in TEAMS:
        group = scim_server.acme.workspace.groups.get(name=team.name)
        arrived = {member.name for member in selectors.group_members(group)}
        assert {person.display_name for person in team.members} <= arrived


def test_a_second_sync_makes_nobody_twice(scim_server: ScimServer) -> None:
    with okta.connect(scim_server.base_url, scim_server.token) as client:
        list(okta.first_sync(client, people=PEOPLE, teams=TEAMS))
        before = client.get("/Users", count=0).document["totalResults"]

        list(okta.first_sync(client, people=PEOPLE, teams=TEAMS))

        assert client.get("/Users", count=0).document["totalResults"] == before


def test_a_sync_that_is_too_quick_waits_and_goes_on(
    scim_server: ScimServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SCIM_PROVISIONING = {
        **settings.SCIM_PROVISIONING,
        "RATE_LIMIT_PER_SECOND": 10,
        "RATE_LIMIT_BURST": 10,
    }
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        sleep(seconds)

    monkeypatch.setattr(client, "sleep", pause)
    with okta.connect(scim_server.base_url, scim_server.token) as directory:
        progress = list(okta.first_sync(directory, people=PEOPLE, teams=TEAMS))

    assert progress[-1].done == 10
    assert pauses


def test_a_refused_token_ends_the_sync(scim_server: ScimServer) -> None:
    with (
        okta.connect(scim_server.base_url, "no-token") as client,
        pytest.raises(okta.SyncError, match="GET /Users was answered 401"),
    ):
        list(okta.first_sync(client, people=PEOPLE, teams=TEAMS))
