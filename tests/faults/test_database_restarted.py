"""PostgreSQL stopped at once and started again, under open transactions and running handlers."""

from __future__ import annotations

from tests.faults.cluster import Cluster
from tests.faults.conftest import Trial


def test_a_restarted_database_has_all_that_was_acknowledged(cluster: Cluster, trial: Trial) -> None:
    figures = trial(fault=cluster.database.crash, remedy=cluster.database.recover)

    # The crowd, and the write that has not committed.
    assert figures.writes_refused == 41
    assert figures.writes_unanswered == 0
