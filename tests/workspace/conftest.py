"""The cast, for the product's tests; must not hold a rule of its own."""

from __future__ import annotations

import pytest

from tests import people


@pytest.fixture
def acme(db: None) -> people.Acme:
    return people.acme()


@pytest.fixture
def globex(db: None) -> people.Globex:
    return people.globex()
