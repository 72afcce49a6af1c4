"""One scenario for every fault: hold a write at each of the five points, strike, count.

Must not know which fault it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from time import monotonic

from tests.faults import figures
from tests.faults.cluster import Cluster
from tests.faults.figures import Figures
from tests.faults.points import Point, Points
from tests.faults.processes import wait_until
from tests.faults.traffic import Traffic, Write

# The worker's two processes are held first: the nudge that follows stays with the broker.
# The request that holds its locks comes last.
ORDER = (
    Point.AFTER_EFFECT,
    Point.MID_HANDLER,
    Point.AFTER_NUDGE,
    Point.AFTER_COMMIT,
    Point.BEFORE_COMMIT,
)
CROWD = 40


def strike(
    cluster: Cluster,
    *,
    name: str,
    fault: Callable[[], None],
    remedy: Callable[[], None],
    crowd: int = CROWD,
) -> Figures:
    """Let a fault befall five held writes and a crowd; return what it has cost."""
    before = len(cluster.ledger.read())
    domain = f"{name}.example"
    with Traffic(base_url=cluster.base_url, token=cluster.token, domain=domain) as traffic:
        await_nudges(cluster, traffic)
        during = endure(cluster, traffic, fault=fault, remedy=remedy, crowd=crowd)
        caught_up = catch_up(cluster, traffic)
        nudges = await_nudges(cluster, traffic)
    return figures.count(
        traffic.writes,
        committed=cluster.database.committed(domain),
        ledger=cluster.ledger.read()[before:],
        seconds_to_catch_up=caught_up,
        seconds_to_nudges=nudges,
        during=during,
    )


def endure(
    cluster: Cluster,
    traffic: Traffic,
    *,
    fault: Callable[[], None],
    remedy: Callable[[], None],
    crowd: int,
) -> Sequence[Write]:
    """Go through a fault; returns what was sent while it lasted."""
    with released_after(cluster.points):
        hold(cluster, traffic)
        fault()
    try:
        return traffic.crowd(crowd)
    finally:
        remedy()


def catch_up(cluster: Cluster, traffic: Traffic) -> float:
    """Wait, after the remedy, until all is done; returns the seconds. The sweep is frozen then."""
    began = monotonic()
    traffic.finish()
    traffic.crowd(CROWD // 4)
    cluster.sweep.thaw()
    await_everything(cluster)
    cluster.sweep.freeze()
    return monotonic() - began


@contextmanager
def released_after(points: Points) -> Iterator[None]:
    """Let nobody be held for longer than what is inside, even if that fails."""
    try:
        yield
    finally:
        points.release()


def hold(cluster: Cluster, traffic: Traffic) -> None:
    """Begin a write for each of the five points, and wait until it is there."""
    for point in ORDER:
        cluster.points.arm(point)
        traffic.begin()
        cluster.points.wait_until_reached(point)


def await_nudges(cluster: Cluster, traffic: Traffic) -> float:
    """Wait until a nudge alone delivers, then let the sweep do the rest; returns the seconds.

    The sweep is frozen before and after.
    """
    cluster.sweep.freeze()

    def nudge_delivers() -> bool:
        [write] = traffic.crowd(1)
        with suppress(TimeoutError):
            wait_until(lambda: write.scim_id in cluster.ledger.read(), what="it", seconds=1)
            return True
        return False

    seconds = wait_until(nudge_delivers, what="a nudge that delivers")
    cluster.sweep.thaw()
    await_everything(cluster)
    cluster.sweep.freeze()
    return seconds


def await_everything(cluster: Cluster) -> None:
    wait_until(
        lambda: not cluster.database.unfinished(), what="the end of all deliveries", pause=0.1
    )
