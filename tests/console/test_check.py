"""The connection check: each provider's conversation, and nothing of it remains."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection as database
from django.test import Client

from scim_provisioning import connections, credentials
from scim_provisioning.console.dialects import DIALECTS
from tests import people
from tests.console.conftest import PAGE
from tests.console.directory import Directory
from workspace.services import workspaces

CHECK = f"{PAGE}check/"


@pytest.mark.parametrize("provider", DIALECTS)
def test_every_providers_conversation_goes_well(
    provider: str, owner: Client, directory: Directory
) -> None:
    page = owner.post(CHECK, {"provider": provider})

    steps = page.context["steps"]
    assert [(step.title, step.detail) for step in steps if not step.is_good] == []
    assert len(steps) > 6
    assert "All steps went well." in page.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("provider", DIALECTS)
def test_nothing_remains_and_nothing_goes_out(
    provider: str, owner: Client, directory: Directory
) -> None:
    owner.get(CHECK)
    before = _whole_database()

    owner.post(CHECK, {"provider": provider})

    assert _whole_database() == before
    assert mail.outbox == []


def test_two_live_tokens_do_not_stand_in_the_way(owner: Client, directory: Directory) -> None:
    credentials.mint(connection=directory.connection)

    page = owner.post(CHECK, {"provider": "okta"})

    assert page.context["is_good"]
    assert directory.send("GET", "/Users").status_code == 200


def test_a_failing_step_is_told_in_the_servers_words(
    owner: Client, directory: Directory, acme: people.Acme
) -> None:
    acme.workspace.seat_limit = 1
    acme.workspace.save()

    page = owner.post(CHECK, {"provider": "entra"})

    *_good, last = page.context["steps"]
    assert (last.title, last.status, last.is_good) == ("Add the person", 403, False)
    assert "every seat of the workspace is taken" in page.content.decode()


def test_an_unknown_provider_is_refused(owner: Client, directory: Directory) -> None:
    assert owner.post(CHECK, {"provider": "x"}).status_code == 422


def test_without_the_plan_there_is_nothing_to_check(
    owner: Client, directory: Directory, acme: people.Acme
) -> None:
    workspaces.change_plan(workspace=acme.workspace, plan="PRO")

    assert owner.post(CHECK, {"provider": "okta"}).status_code == 403


def test_what_is_disabled_cannot_be_checked(owner: Client, directory: Directory) -> None:
    connections.disable(directory.connection)

    assert owner.post(CHECK, {"provider": "okta"}).status_code == 409


def _whole_database() -> dict[str, list[str]]:
    with database.cursor() as cursor:
        tables = [
            name
            for name in database.introspection.table_names(cursor)
            if not name.startswith("django_session")
        ]
        contents: dict[str, list[str]] = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {database.ops.quote_name(table)}")
            contents[table] = sorted(map(repr, cursor.fetchall()))
    return contents
