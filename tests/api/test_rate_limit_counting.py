"""The reckoning of the limit: against a token bucket, and over a cache that processes share."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

import pytest
import redis
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from scim_provisioning import counters
from scim_provisioning.api.throttling import Limit, charge, held_up
from scim_provisioning.models import Connection
from settings.caches import cache
from tests.api import asking
from tests.api.client import Configure
from tests.conftest import missing

ROOT = Path(__file__).parents[2]
START = 1_800_000_000
LIMIT = Limit(per_second=5, burst=10)
A_MOMENT = 1e-4
"""More than a timestamp of microseconds is off."""

gaps = st.lists(st.sampled_from([0, 0.01, 0.1, 0.21, 0.5, 1, 3]), min_size=1, max_size=120)


@pytest.fixture
def redis_url(settings: Settings) -> str:
    url = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/13")
    try:
        redis.Redis.from_url(url, socket_connect_timeout=1).ping()
    except redis.ConnectionError:
        missing("No Redis answers")
    settings.CACHES = {"default": cache(url)}
    return url


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(START + seconds, UTC)


def asked(connection: Connection, seconds: float) -> float | None:
    with patch.object(timezone, "now", return_value=at(seconds)):
        return held_up(connection, LIMIT)


@given(gaps)
def test_any_time_lets_in_no_more_than_a_token_bucket(gaps: list[float]) -> None:
    connection, now, passed = Connection(public_id=uuid4()), 0.0, list[float]()
    for gap in gaps:
        now += gap
        if asked(connection, now) is None:
            passed.append(now)

    for first, begin in enumerate(passed):
        for last, end in enumerate(passed[first:], first):
            most = LIMIT.burst + LIMIT.per_second * (end - begin)
            assert last - first + 1 <= most + A_MOMENT


@given(gaps, st.integers(0, 30))
def test_who_waits_as_long_as_told_passes_and_a_moment_earlier_does_not(
    gaps: list[float], held: int
) -> None:
    connection, now = Connection(public_id=uuid4()), 0.0
    with (
        patch.object(timezone, "now", return_value=at(0)),
        patch.object(Limit, "configured", return_value=LIMIT),
    ):
        charge(connection, held)
    for gap in gaps:
        now += gap
        wait = asked(connection, now)
        if wait is not None:
            assert asked(connection, now + wait - A_MOMENT) is not None
            now += wait + A_MOMENT
            assert asked(connection, now) is None


def test_two_processes_and_this_one_share_one_limit(redis_url: str, configure: Configure) -> None:
    configure(**asking.LIMIT)
    public_id, moment = str(uuid4()), str(START)
    command = [sys.executable, "-m", "tests.api.asking", redis_url, public_id, moment, "150"]

    others = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    with patch.object(timezone, "now", return_value=at(0)):
        mine = asking.ask(public_id, 20)
    theirs = [int(process.communicate(timeout=60)[0]) for process in others]

    assert mine + sum(theirs) == asking.LIMIT["RATE_LIMIT_BURST"]
    assert min(mine, *theirs) > 0


def test_what_is_counted_in_redis_does_not_stay(redis_url: str, configure: Configure) -> None:
    configure(**asking.LIMIT)
    public_id = str(uuid4())

    asking.ask(public_id, 3)

    client = redis.Redis.from_url(redis_url)
    keys = list(client.scan_iter(f"*{public_id}*"))
    assert [0 < client.ttl(key) <= 41 for key in keys] == [True]


def test_a_redis_that_is_gone_holds_up_nobody(
    settings: Settings, configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(**asking.LIMIT)
    monkeypatch.setattr(counters, "_rests_until", 0.0)
    settings.CACHES = {"default": cache("redis://127.0.0.1:1/0")}

    assert asking.ask(str(uuid4()), 300) == 300
