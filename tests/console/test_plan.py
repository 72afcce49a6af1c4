"""Without the plan: nothing can be enabled, and what was enabled is paused, not lost."""

from __future__ import annotations

import pytest
from django.test import Client

from scim_provisioning.models import Connection, Token
from tests import people
from tests.console.conftest import PAGE
from workspace.models import Workspace
from workspace.services import workspaces

REASON = "Directory provisioning needs the Enterprise plan"


@pytest.fixture
def connected(connection: Connection) -> Token:
    """The live token of a workspace that was enabled while it had the plan."""
    return connection.tokens.get()


@pytest.fixture
def without_plan(acme: people.Acme) -> None:
    workspaces.change_plan(workspace=acme.workspace, plan=Workspace.Plan.FREE)


@pytest.mark.usefixtures("without_plan")
def test_the_page_says_that_the_plan_is_missing(owner: Client) -> None:
    page = owner.get(PAGE)

    text = page.content.decode()
    assert page.status_code == 403
    assert REASON in text
    assert "Enable provisioning" not in text


@pytest.mark.usefixtures("without_plan")
@pytest.mark.parametrize("action", ["enable/", "tokens/"])
def test_nothing_can_be_enabled(action: str, owner: Client) -> None:
    page = owner.post(PAGE + action)

    assert page.status_code == 403
    assert REASON in page.content.decode()
    assert not Connection.objects.exists()


@pytest.mark.usefixtures("connected", "without_plan")
def test_an_enabled_workspace_is_paused(owner: Client) -> None:
    page = owner.get(PAGE)

    text = page.content.decode()
    assert page.status_code == 200
    assert "Paused by plan" in text
    assert REASON in text
    assert "No person and no group is removed." in text


@pytest.mark.usefixtures("connected", "without_plan")
def test_no_token_is_made_while_paused(owner: Client, connected: Token) -> None:
    page = owner.post(f"{PAGE}tokens/", {"newest_token": connected.pk})

    assert page.status_code == 403
    assert Token.objects.count() == 1


@pytest.mark.usefixtures("connected", "without_plan")
def test_a_token_can_be_revoked_while_paused(owner: Client, connected: Token) -> None:
    owner.post(f"{PAGE}tokens/{connected.pk}/revoke/")

    connected.refresh_from_db()
    assert connected.revoked_at is not None


@pytest.mark.usefixtures("connected", "without_plan")
def test_provisioning_can_be_disabled_while_paused(owner: Client) -> None:
    answer = owner.post(f"{PAGE}disable/", {"name": "Acme"}, follow=True)

    assert not Connection.objects.get().is_enabled
    assert answer.status_code == 403
    assert "Every person and group is still here." in answer.content.decode()
