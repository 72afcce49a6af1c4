"""Disabling: after typing the workspace's name, with people and groups untouched."""

from __future__ import annotations

import pytest
from django.test import Client

from scim_provisioning import connections
from scim_provisioning.models import Connection, Token
from tests import people
from tests.console.conftest import PAGE


@pytest.mark.parametrize("name", ["Acme", "  Acme "])
def test_the_workspaces_name_disables(name: str, owner: Client, connection: Connection) -> None:
    answer = owner.post(f"{PAGE}disable/", {"name": name}, follow=True)

    connection.refresh_from_db()
    text = answer.content.decode()
    assert not connection.is_enabled
    assert "Provisioning is disabled. Every person and group is still here." in text
    assert "Enable again" in text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("acme", "This is not the workspace’s name. Type “Acme”."),
        ("Globex", "This is not the workspace’s name. Type “Acme”."),
        ("", "This field is required."),
    ],
)
def test_another_name_is_refused_beside_the_field(
    name: str, sentence: str, owner: Client, connection: Connection
) -> None:
    page = owner.post(f"{PAGE}disable/", {"name": name})

    connection.refresh_from_db()
    text = page.content.decode()
    assert page.status_code == 422
    assert connection.is_enabled
    assert sentence in text
    assert 'aria-invalid="true"' in text


def test_every_token_ends(owner: Client, connection: Connection) -> None:
    owner.post(f"{PAGE}disable/", {"name": "Acme"})

    assert not Token.objects.filter(revoked_at=None).exists()


def test_people_and_groups_stay(owner: Client, connection: Connection, acme: people.Acme) -> None:
    owner.post(f"{PAGE}disable/", {"name": "Acme"})

    acme.ben.refresh_from_db()
    acme.engineering.refresh_from_db()
    assert acme.ben.status == "ACTIVE"
    assert acme.engineering.archived_at is None


@pytest.mark.parametrize("action", ["disable/", "tokens/"])
def test_an_old_pages_action_says_that_it_was_disabled_before(
    action: str, owner: Client, connection: Connection
) -> None:
    connections.disable(connection)

    page = owner.post(PAGE + action, {"name": "Acme", "newest_token": Token.objects.get().pk})

    connection_after = Connection.objects.get()
    assert page.status_code == 409
    assert "provisioning was already disabled" in page.content.decode()
    assert connection_after.disabled_at == connection.disabled_at


def test_what_was_never_enabled_cannot_be_disabled(owner: Client) -> None:
    assert owner.post(f"{PAGE}disable/", {"name": "Acme"}).status_code == 409
