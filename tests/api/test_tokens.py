"""A token opens its own connection while it lives, and says nothing when it does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.apps import apps
from django.utils import timezone

from scim_provisioning import connections, credentials
from scim_provisioning.models import Token
from scim_provisioning.protocol import urns
from tests import people
from tests.api.client import Answer, Directory, connect, statements
from tests.workspace.browsing import signed_in, with_key
from workspace.services import api_keys, workspaces


def shown(directory: Directory, header: str) -> Answer:
    return directory.send("GET", "/Users", headers={"Authorization": header})


def token_of(directory: Directory) -> Token:
    return Token.objects.get(connection=directory.connection)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "{token}",
        "Token {token}",
        "Basic {token}",
        "Bearer {token}x",
        "Bearer x{token}",
        "Bearer {token} {token}",
        "Bearer {token}, Bearer {token}",
        "Bearer {token}" + " " * 300,
        "Bearer scim_",
        "Bearer é",
        "Bearer " + "x" * 100_000,
    ],
)
def test_what_is_no_token_costs_no_query(directory: Directory, header: str) -> None:
    with statements() as executed:
        answer = shown(directory, header.replace("{token}", directory.token))

    assert answer.status == 401
    assert executed == []


def test_a_typo_costs_no_query(directory: Directory) -> None:
    for position in (5, 14, 30, 60):
        letter = "A" if directory.token[position] != "A" else "B"
        typo = directory.token[:position] + letter + directory.token[position + 1 :]

        with statements() as executed:
            answer = shown(directory, f"Bearer {typo}")

        assert answer.status == 401
        assert executed == []


def test_every_refusal_reads_the_same(directory: Directory, globex_directory: Directory) -> None:
    foreign = shown(directory, f"Bearer {globex_directory.token}")
    malformed = shown(directory, "Bearer x")
    missing = shown(directory, "")
    credentials.revoke(token_of(directory))
    revoked = directory.get("/Users")

    assert foreign.body == malformed.body == missing.body == revoked.body
    assert revoked.body == {
        "schemas": [urns.ERROR],
        "status": "401",
        "detail": "The bearer token is missing, wrong, expired or revoked.",
    }


def test_a_revoked_token_is_dead_at_once(directory: Directory) -> None:
    before = directory.get("/Users").status

    credentials.revoke(token_of(directory))

    assert (before, directory.get("/Users").status) == (200, 401)


def test_a_token_dies_to_the_second(directory: Directory) -> None:
    end = token_of(directory).expires_at
    answers = []
    for seconds in (-1, 0):
        moment = end + timedelta(seconds=seconds)
        with patch.object(timezone, "now", return_value=moment):
            answers.append(directory.get("/Users").status)

    assert answers == [200, 401]
    assert end - datetime.now(UTC) > timedelta(days=364)


def test_a_second_token_opens_beside_the_first(directory: Directory, acme: people.Acme) -> None:
    second = connect(acme.workspace)

    with pytest.raises(credentials.TooManyTokens):
        connect(acme.workspace)

    assert (directory.get("/Users").status, second.get("/Users").status) == (200, 200)


def test_only_a_digest_is_stored(directory: Directory) -> None:
    secret = directory.token.rpartition("_")[2]
    rows = [str(row) for model in apps.get_models() for row in model._default_manager.values_list()]

    assert len(rows) > 10
    assert not [row for row in rows if secret in row]
    assert token_of(directory).digest not in directory.token


def test_a_token_opens_nothing_but_scim(directory: Directory) -> None:
    assert with_key(directory.token).get("/api/me").status_code == 401


def test_a_key_of_the_product_opens_no_scim(directory: Directory, acme: people.Acme) -> None:
    key = api_keys.create_api_key(member=acme.olivia, label="laptop").secret

    assert shown(directory, f"Bearer {key}").status == 401


def test_a_session_opens_no_scim(directory: Directory, acme: people.Acme) -> None:
    response = signed_in(acme.olivia).get(directory.address("/Users"))

    assert response.status_code == 401


def test_switched_off_is_said_to_who_holds_the_token(directory: Directory) -> None:
    connections.disable(directory.connection)

    answer = directory.get("/Users")

    assert answer.status == 403
    assert "switched off" in answer.body["detail"]
    assert shown(directory, "Bearer x").status == 401


def test_an_old_token_stays_dead_after_switching_on_again(
    directory: Directory, acme: people.Acme
) -> None:
    connections.disable(directory.connection)

    again = connect(acme.workspace)

    assert (directory.get("/Users").status, again.get("/Users").status) == (401, 200)


def test_without_the_plan_the_reason_is_said(directory: Directory, acme: people.Acme) -> None:
    workspaces.change_plan(workspace=acme.workspace, plan="PRO")

    answer = directory.post("/Users", {"userName": "zoe"})

    assert answer.status == 403
    assert "Enterprise plan" in answer.body["detail"]


def test_use_is_recorded_once_in_a_while(directory: Directory) -> None:
    first = token_of(directory).last_used_at

    directory.get("/Users")

    assert first is not None
    assert token_of(directory).last_used_at == first
