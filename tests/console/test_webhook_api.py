"""The webhook's page as JSON."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from jsonschema import validate  # type: ignore[import-untyped]  # it publishes no types

from scim_provisioning.console.api.schemas import answer_schema
from scim_provisioning.console.webhook import WebhookOverview
from scim_provisioning.models import Connection, Webhook
from tests.console.conftest import PAGE
from tests.webhooks.receiver import Receiver
from tests.webhooks.telling import tell

HOOK = f"{PAGE}api/webhook/"


def post(client: Client, path: str, **body: object) -> Any:
    return client.post(f"{HOOK}{path}/", body, content_type="application/json")


def test_a_webhook_is_set_tested_rotated_and_removed(
    owner: Client, connection: Connection, receiver: Receiver
) -> None:
    before = owner.get(HOOK).json()
    answers = [post(owner, "address", url=receiver.url), post(owner, "test")]
    tell(connection)
    told = owner.get(HOOK).json()
    answers.append(post(owner, "rotate", key_id=told["receiver"]["keys"][0]["id"]))
    rotated = owner.get(HOOK).json()
    answers.append(post(owner, "remove"))

    assert [answer.status_code for answer in answers] == [204, 200, 204, 204]
    assert answers[1].json() == {"status": 202, "problem": "", "is_accepted": True}
    assert before == {"receiver": None, "attempts": []}
    assert told["receiver"]["condition"] == "healthy"
    assert [each["state"] for each in told["attempts"]] == ["DONE"]
    assert rotated["receiver"]["keys"][1]["id"] == told["receiver"]["keys"][0]["id"]
    assert owner.get(HOOK).json()["receiver"] is None


def test_the_answer_is_as_described(
    owner: Client, connection: Connection, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.answers = [503]
    tell(connection)
    post(owner, "test")

    validate(owner.get(HOOK).json(), answer_schema(WebhookOverview))


@pytest.mark.parametrize("url", ["https://10.0.0.1/", "ftp://hooks.example/"])
def test_an_address_that_can_t_be_used_is_refused_at_its_field(
    url: str, owner: Client, connection: Connection
) -> None:
    answer = post(owner, "address", url=url)

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["url"]
    assert not Webhook.objects.exists()


def test_a_stale_key_is_refused_with_the_sentence(owner: Client, webhook: Webhook) -> None:
    answer = post(owner, "rotate", key_id="0" * 16)

    assert answer.status_code == 409
    assert "was out of date" in answer.json()["detail"]
    assert Webhook.objects.get().key_id == webhook.key_id
