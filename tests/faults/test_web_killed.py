"""kill -9 of the web process, all of it, with a request at each point up to the nudge."""

from __future__ import annotations

from tests.faults.cluster import Cluster
from tests.faults.conftest import Trial


def test_a_killed_web_process_loses_nothing_it_has_answered(cluster: Cluster, trial: Trial) -> None:
    figures = trial(fault=cluster.web.kill, remedy=cluster.start_web, crowd=4)

    # The crowd, the request that has not committed, and the one that has; the nudge of a third was
    # sent by a thread of its own, after the answer or before.
    assert figures.writes_unanswered in {6, 7}
    assert figures.writes_refused == 0
