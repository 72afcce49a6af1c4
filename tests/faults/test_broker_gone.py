"""kill -9 of the broker, which comes back with its messages or with none."""

from __future__ import annotations

from tests.faults.cluster import Cluster
from tests.faults.conftest import Trial


def test_a_killed_broker_costs_no_request_and_no_effect(cluster: Cluster, trial: Trial) -> None:
    figures = trial(fault=cluster.broker.program.kill, remedy=cluster.broker.start)

    assert figures.writes_refused + figures.writes_unanswered == 0


def test_a_broker_that_comes_back_empty_costs_no_request_and_no_effect(
    cluster: Cluster, trial: Trial
) -> None:
    figures = trial(fault=cluster.broker.lose, remedy=cluster.broker.start)

    assert figures.writes_refused + figures.writes_unanswered == 0
