"""The JWKS below the connection's base URL: for everybody, public keys alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from scim_provisioning import connections, rejections
from scim_provisioning.models import JournalEntry, Webhook
from scim_provisioning.protocol import urns
from scim_provisioning.webhooks import subscriptions
from tests.api.client import NOBODY, SCIM_JSON, Directory, connect, statements
from tests.people import Globex

PATH = "/.well-known/jwks.json"


def ask(connection: object, method: str = "GET") -> Any:
    return Client().generic(method, f"/scim/v2/{connection}{PATH}")


def test_it_holds_the_keys_in_their_own_media_type(directory: Directory, webhook: Webhook) -> None:
    """RFC 7517 §8.5.2."""
    rotated = subscriptions.rotate_key(directory.connection)

    answer = ask(directory.connection)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/jwk-set+json"
    assert answer["Cache-Control"] == "public, max-age=60"
    assert [key["kid"] for key in answer.json()["keys"]] == [rotated.key_id, webhook.key_id]


def test_its_address_is_the_one_that_is_shown(directory: Directory, webhook: Webhook) -> None:
    assert subscriptions.keys_url(directory.connection) == f"{directory.connection.base_url}{PATH}"


def test_no_key_has_a_private_part(directory: Directory, webhook: Webhook) -> None:
    """RFC 7518 §6.2.2."""
    subscriptions.rotate_key(directory.connection)

    keys = ask(directory.connection).json()["keys"]

    assert {frozenset(key) for key in keys} == {
        frozenset({"kty", "crv", "x", "y", "kid", "alg", "use"})
    }


def test_another_workspace_shows_its_own(
    directory: Directory, webhook: Webhook, globex: Globex
) -> None:
    other = connect(globex.workspace)
    theirs = subscriptions.subscribe(other.connection, webhook.url)

    [key] = ask(other.connection).json()["keys"]

    assert key["kid"] == theirs.key_id != webhook.key_id


def test_without_keys_nobody_learns_whether_there_is_a_connection(directory: Directory) -> None:
    answers = [ask(each) for each in (directory.connection, NOBODY, "x", "%00")]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer["Content-Type"] for answer in answers} == {SCIM_JSON}
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["schemas"] == [urns.ERROR]


def test_a_token_is_not_looked_at(directory: Directory, webhook: Webhook) -> None:
    with statements() as taken:
        answer = directory.get(PATH)

    assert answer.status == 200
    assert len(taken) == 2


def test_what_is_still_on_its_way_is_verified_after_switching_off(
    directory: Directory, webhook: Webhook
) -> None:
    connections.disable(directory.connection)

    assert ask(directory.connection).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_asking_in_vain_leaves_nothing_in_the_journal(directory: Directory, method: str) -> None:
    cache.clear()

    ask(directory.connection, method)
    rejections.write_noted()

    assert not JournalEntry.objects.exists()
