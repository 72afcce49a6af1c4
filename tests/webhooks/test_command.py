"""`manage.py scim_webhook`: set a webhook, show it, rotate its key, read its log, remove it."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from scim_provisioning.models import Webhook
from tests.api.client import Directory
from tests.people import Acme
from tests.webhooks.receiver import Receiver
from tests.webhooks.telling import tell

if TYPE_CHECKING:
    from pytest_django import Settings


def run(*arguments: str) -> str:
    printed = StringIO()
    call_command("scim_webhook", *arguments, stdout=printed)
    return printed.getvalue()


def key_ids(printed: str) -> list[str]:
    keys = json.loads(printed.split("Keys  ")[1])
    return [key["kid"] for key in keys["keys"]]


def test_a_url_is_set_and_the_keys_are_shown(directory: Directory, receiver: Receiver) -> None:
    printed = run("acme", "--url", receiver.url)

    webhook = Webhook.objects.get()
    assert webhook.connection == directory.connection
    assert printed.startswith(
        f"URL   {receiver.url}\nJWKS  {directory.connection.base_url}/.well-known/jwks.json\n"
    )
    assert key_ids(printed) == [webhook.key_id]
    assert run("acme") == printed


def test_another_url_keeps_the_key(webhook: Webhook, receiver: Receiver) -> None:
    printed = run("acme", "--url", f"{receiver.origin}/elsewhere")

    assert key_ids(printed) == [webhook.key_id]


def test_a_rotated_key_stands_before_the_old_one(webhook: Webhook) -> None:
    new, old = key_ids(run("acme", "--rotate-key"))

    assert new != old == webhook.key_id


def test_an_old_key_can_go_at_once(webhook: Webhook) -> None:
    [new] = key_ids(run("acme", "--rotate-key", "--at-once"))

    assert new != webhook.key_id


def test_a_key_that_can_t_be_read_is_told(
    webhook: Webhook, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SECRET_KEY = "another"

    run("acme")

    assert "use --rotate-key" in capsys.readouterr().err


def test_the_log_names_event_and_outcome(
    directory: Directory, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.answers = [404]
    event = tell(directory.connection)

    assert f"  {event.pk}  member.updated  404  times: 1" in run("acme", "--log")


def test_a_webhook_is_removed_once(webhook: Webhook) -> None:
    assert run("acme", "--remove") == "Removed.\n"
    assert run("acme", "--remove") == "There was no webhook.\n"


def test_a_private_address_is_refused(directory: Directory) -> None:
    with pytest.raises(CommandError, match="not public"):
        run("acme", "--url", "https://169.254.169.254/latest/meta-data")


def test_a_host_that_is_not_found_is_refused(directory: Directory) -> None:
    with pytest.raises(CommandError, match="not found"):
        run("acme", "--url", "https://hooks.invalid/")


def test_a_workspace_that_is_not_there_is_named(db: None) -> None:
    with pytest.raises(CommandError, match="no workspace 'nowhere'"):
        run("nowhere")


def test_a_workspace_has_to_be_switched_on_first(acme: Acme) -> None:
    with pytest.raises(CommandError, match="scim_enable"):
        run("acme", "--url", "https://hooks.example/")


def test_without_a_webhook_there_is_nothing_to_show(directory: Directory) -> None:
    with pytest.raises(CommandError, match="no webhook"):
        run("acme")
