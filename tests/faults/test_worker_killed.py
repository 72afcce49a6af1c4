"""kill -9 of the worker, parent and children, with tasks in hand and nudges on their way."""

from __future__ import annotations

from tests.faults.cluster import Cluster
from tests.faults.conftest import Trial


def test_a_killed_worker_loses_nothing(cluster: Cluster, trial: Trial) -> None:
    figures = trial(fault=cluster.worker.kill, remedy=cluster.worker.start)

    assert figures.writes_refused + figures.writes_unanswered == 0
    assert figures.duplicates >= 1
