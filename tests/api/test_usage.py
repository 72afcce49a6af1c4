"""A connection's requests of the day are counted, reads too, without a statement."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from scim_provisioning import counters, usage
from tests.api.client import Directory


def test_reads_and_writes_are_counted_for_their_own_connection(
    directory: Directory, globex_directory: Directory
) -> None:
    before = usage.requests_today(directory.connection)

    directory.get("/Users")
    directory.create_user("zed")
    globex_directory.get("/Users")

    assert usage.requests_today(directory.connection) == before + 2


def test_a_cache_that_fails_fails_no_request(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counters, "_rests_until", 0.0)
    with patch("scim_provisioning.counters.cache") as cache:
        cache.incr.side_effect = cache.get.side_effect = ConnectionError

        answer = directory.get("/Users")

        assert (answer.status, usage.requests_today(directory.connection)) == (200, 0)
