"""Acme and its directory, and Globex, which neither may ever see or touch.

Must not know what a test is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import people
from tests.api.client import Configure, Directory, connect

if TYPE_CHECKING:  # known to pytest alone
    from pytest_django import Settings


@pytest.fixture
def acme(db: None) -> people.Acme:
    return people.acme()


@pytest.fixture
def globex(db: None) -> people.Globex:
    return people.globex()


@pytest.fixture
def directory(acme: people.Acme) -> Directory:
    """Acme's directory, just connected: it has managed nobody yet.

    It has asked once, so that noting the token's use is no part of what a test sees.
    """
    directory = connect(acme.workspace)
    directory.get("/ServiceProviderConfig")
    return directory


@pytest.fixture
def globex_directory(globex: people.Globex) -> Directory:
    """Carol's directory."""
    return connect(globex.workspace)


@pytest.fixture
def configure(settings: Settings) -> Configure:
    """Change the app's settings, by their names, for one test."""

    def change(**values: object) -> None:
        settings.SCIM_PROVISIONING = {**settings.SCIM_PROVISIONING, **values}

    return change
