"""Acme, its directory, and handlers that only one test knows.

Must not know what a test is about.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from scim_provisioning.outbox import registry
from tests import people
from tests.api.client import Directory, connect


@pytest.fixture
def acme(db: None) -> people.Acme:
    return people.acme()


@pytest.fixture
def globex(db: None) -> people.Globex:
    return people.globex()


@pytest.fixture
def directory(acme: people.Acme) -> Directory:
    """Acme's directory, just connected."""
    return connect(acme.workspace)


@pytest.fixture
def no_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the product's handlers away for one test, and whatever it registers after it."""
    monkeypatch.setattr(registry, "_handlers", defaultdict(dict))
