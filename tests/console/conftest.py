"""Acme, Globex and a way to sign in.

Must not know what a test does with the page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from scim_provisioning import connections, rejections
from scim_provisioning.console import confirmation
from scim_provisioning.models import Connection, Webhook
from scim_provisioning.webhooks import subscriptions
from tests import people
from tests.console.directory import Directory
from tests.console.receiving import inside
from tests.webhooks.receiver import Receiver, listening
from workspace.models import Member

SignIn = Callable[[Member], Client]

PAGE = "/workspaces/acme/settings/scim/"


@pytest.fixture(autouse=True)
def _nothing_noted() -> Iterator[None]:
    rejections._noted.clear()
    yield
    rejections._noted.clear()


@pytest.fixture
def acme(db: None) -> people.Acme:
    return people.acme()


@pytest.fixture
def globex(db: None) -> people.Globex:
    return people.globex()


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(member: Member) -> Client:
        assert member.user is not None
        client = Client()
        client.force_login(member.user)
        confirm(client)
        return client

    return signed_in


def confirm(client: Client) -> None:
    """Let a session have given its password just now."""
    session = client.session
    session[confirmation._CONFIRMED_AT] = int(time.time())
    session.save()


@pytest.fixture
def owner(acme: people.Acme, sign_in: SignIn) -> Client:
    """Olivia's browser."""
    return sign_in(acme.olivia)


@pytest.fixture
def connection(acme: people.Acme) -> Connection:
    """Acme's connection, switched on, with one live token."""
    connection, _token = connections.enable(acme.workspace)
    return connection


@pytest.fixture
def directory(acme: people.Acme) -> Directory:
    """Acme's identity provider, connected."""
    connection, token = connections.enable(acme.workspace)
    return Directory(connection, token)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on this machine, where webhooks may go."""
    with inside(), listening() as receiver:
        yield receiver


@pytest.fixture
def webhook(connection: Connection, receiver: Receiver) -> Webhook:
    """Acme's webhook, which goes to the receiver."""
    return subscriptions.subscribe(connection, receiver.url)
