"""Acme's directory, a receiver for its events, and no handler but the webhook's.

Must not know what a test is about.
"""

from __future__ import annotations

import socket
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from scim_provisioning.models import Webhook
from scim_provisioning.outbox import registry
from scim_provisioning.webhooks import subscriptions
from tests import people
from tests.api.client import Directory, connect
from tests.webhooks.receiver import Receiver, listening
from tests.webhooks.telling import LABEL, Names

if TYPE_CHECKING:
    from pytest_django import Settings


@pytest.fixture(autouse=True)
def _only_webhooks(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, registered in registry._handlers.items():
        kept[name] = {label: each for label, each in registered.items() if label == LABEL}
    monkeypatch.setattr(registry, "_handlers", kept)


@pytest.fixture
def acme(db: None) -> people.Acme:
    return people.acme()


@pytest.fixture
def globex(db: None) -> people.Globex:
    return people.globex()


@pytest.fixture
def directory(acme: people.Acme) -> Directory:
    return connect(acme.workspace)


@pytest.fixture
def inside(settings: Settings) -> None:
    """Let webhooks go to this machine, without TLS."""
    settings.SCIM_PROVISIONING = {
        **settings.SCIM_PROVISIONING,
        "WEBHOOK_HTTP": True,
        "WEBHOOK_PRIVATE_ADDRESSES": True,
    }


@pytest.fixture
def receiver(inside: None) -> Iterator[Receiver]:
    with listening() as receiver:
        yield receiver


@pytest.fixture
def webhook(directory: Directory, receiver: Receiver) -> Webhook:
    """Acme's webhook, which goes to the receiver."""
    return subscriptions.subscribe(directory.connection, receiver.url)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """The network's names, as a test wants them; addresses are what they are."""
    names = Names()
    look_up = socket.getaddrinfo

    def answer(host: str, *args: Any, **more: Any) -> Any:
        return look_up(names.address(host), *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return names
