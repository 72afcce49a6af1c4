"""A webhook reaches public addresses only, however an address is spelt or changes."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from scim_provisioning.models import Webhook
from scim_provisioning.webhooks import subscriptions
from scim_provisioning.webhooks.addresses import NotPublic, is_public, resolve
from scim_provisioning.webhooks.targets import UnusableUrl
from tests.api.client import Directory
from tests.webhooks.receiver import Receiver
from tests.webhooks.telling import Names, delivery, tell

if TYPE_CHECKING:
    from pytest_django import Settings

INSIDE = (
    "127.0.0.1 127.1 0 0.0.0.0 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 localhost "
    "10.0.0.1 172.16.0.1 192.168.1.1 100.64.0.1 169.254.169.254 224.0.0.1 240.0.0.1 "
    "255.255.255.255 192.0.2.1 198.18.0.1 "
    "::1 :: fe80::1 fc00::1 fd00:ec2::254 ff02::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 "
    "::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001:0:7f00:1:: 2001:db8::1"
).split()


@pytest.mark.parametrize("host", INSIDE)
def test_what_is_no_public_host_is_refused(host: str) -> None:
    with pytest.raises(NotPublic):
        resolve(host, 443)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111"])
def test_what_is_public_is_reached(address: str) -> None:
    assert is_public(address)
    assert [each.address[0] for each in resolve(address, 443)] == [address]


def test_one_private_address_spoils_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def two(*_: object, **__: object) -> list[object]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))
            for address in ("1.1.1.1", "10.0.0.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", two)

    with pytest.raises(NotPublic):
        resolve("hooks.example", 443)


@pytest.mark.parametrize("host", ["2130706433", "[::ffff:127.0.0.1]", "localhost"])
def test_the_workspace_is_told_at_once(directory: Directory, host: str) -> None:
    with pytest.raises(UnusableUrl, match="not public"):
        subscriptions.subscribe(directory.connection, f"https://{host}/")

    assert not Webhook.objects.exists()


def test_a_name_that_leads_inside_later_is_refused_then(
    directory: Directory, receiver: Receiver, names: Names, settings: Settings
) -> None:
    settings.SCIM_PROVISIONING = {
        **settings.SCIM_PROVISIONING,
        "WEBHOOK_PRIVATE_ADDRESSES": False,
    }
    names.addresses["hooks.example"] = ["1.1.1.1", "127.0.0.1"]
    subscriptions.subscribe(directory.connection, f"http://hooks.example:{receiver.port}/")

    event = tell(directory.connection)

    assert receiver.received == []
    assert delivery(event).attempts == 1
    assert [each.error for each in event.webhook_attempts.all()] == ["NotPublic"]


def test_the_address_that_was_checked_is_the_one_that_is_reached(
    directory: Directory, receiver: Receiver, names: Names
) -> None:
    names.addresses["hooks.example"] = ["127.0.0.1", "127.0.0.1", "127.0.0.2"]
    subscriptions.subscribe(directory.connection, f"http://hooks.example:{receiver.port}/")
    names.looked_up.clear()

    tell(directory.connection)

    [received] = receiver.received
    assert received.headers["Host"] == f"hooks.example:{receiver.port}"
    assert names.looked_up == ["hooks.example"]
