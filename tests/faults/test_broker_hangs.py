"""SIGSTOP of the broker: it takes connections and bytes, and never says a word."""

from __future__ import annotations

from collections.abc import Iterator
from time import sleep

import pytest

from tests.faults.cluster import Cluster
from tests.faults.conftest import Trial

SECONDS = 6
"""Longer than any time limit on a socket, so that each runs out."""
GENEROUS = 0.8
"""Seconds; a busy machine needs some, a request that waits for the broker needs more."""


@pytest.fixture
def fresh_worker_afterwards(cluster: Cluster) -> Iterator[None]:
    """Leave no worker that is slower than it was.

    kombu never gives the place of a task back whose acknowledgement to Redis has timed out.
    """
    yield
    cluster.worker.kill()
    cluster.worker.start()


@pytest.mark.usefixtures("fresh_worker_afterwards")
def test_a_broker_that_hangs_holds_no_request(cluster: Cluster, trial: Trial) -> None:
    def thaw() -> None:
        sleep(SECONDS)
        cluster.broker.program.thaw()

    figures = trial(fault=cluster.broker.program.freeze, remedy=thaw, crowd=100)

    assert figures.writes_refused + figures.writes_unanswered == 0
    assert figures.p99_seconds < GENEROUS
