"""The workspace's settings: what is changed there, and the way to a directory."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.people import Acme
from tests.workspace.browsing import signed_in
from workspace.models import Member
from workspace.services import workspaces

PATH = "/workspaces/acme/settings/authentication/"


def tab(member: Member) -> str:
    return signed_in(member).get(PATH).content.decode()


def test_an_administrator_renames_the_workspace(acme: Acme) -> None:
    signed_in(acme.adam).post("/workspaces/acme/settings/name/", {"name": "Acme & Sons"})

    acme.workspace.refresh_from_db()
    assert acme.workspace.name == "Acme & Sons"


def test_a_manager_does_not(acme: Acme) -> None:
    answer = signed_in(acme.mia).post("/workspaces/acme/settings/name/", {"name": "Mine"})

    assert answer.status_code == 403


def test_an_owner_finds_the_way_to_the_directory(acme: Acme, settings: Settings) -> None:
    settings.WORKSPACE_DIRECTORY_URL_NAME = "settings"

    assert "Open directory provisioning" in tab(acme.olivia)


def test_without_such_an_app_the_tab_says_so(acme: Acme, settings: Settings) -> None:
    settings.WORKSPACE_DIRECTORY_URL_NAME = "no_such_app:settings"

    assert "not installed on this server" in tab(acme.olivia)


@pytest.mark.parametrize("name", ["adam", "mia", "ben"])
def test_the_others_are_told_whose_task_it_is(acme: Acme, name: str) -> None:
    assert "Only an owner of the workspace can connect a directory." in tab(getattr(acme, name))


def test_the_other_plans_are_told_which_plan_has_it(acme: Acme) -> None:
    workspaces.change_plan(workspace=acme.workspace, plan="PRO")

    assert "comes with the Enterprise plan" in tab(acme.adam)


def test_an_owner_finds_the_way_also_when_the_plan_has_ended(acme: Acme) -> None:
    workspaces.change_plan(workspace=acme.workspace, plan="PRO")

    shown = tab(acme.olivia)
    assert "comes with the Enterprise plan" in shown
    assert "Open directory provisioning" in shown
