"""The cast, and primary keys as a distributed PostgreSQL wants them; must not know a test."""

from __future__ import annotations

import pytest

from tests.api.conftest import acme, directory
from tests.sharding import catalog

__all__ = ["acme", "directory"]


@pytest.fixture
def widened(db: None) -> None:
    """Widen the primary keys for one test: PostgreSQL takes its schema back, too."""
    catalog.widen_primary_keys()
