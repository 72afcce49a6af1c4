"""Measure the three servers and write down what was found: `python -m benchmarks`.

Must not know how anything is measured.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import first_sync, machine, report
from benchmarks.brokers import broker
from benchmarks.clusters import Cluster
from benchmarks.figures import Figures, Run
from benchmarks.measurements import Effort, measure
from benchmarks.scenarios import GROUPS, PEOPLE
from benchmarks.servers import Running, running
from tests.databases import postgresql

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    people: Sequence[int]
    group_sizes: Sequence[int]
    synced: int
    effort: Effort


PLANS = {
    "quick": Plan(
        people=(1_000, 10_000),
        group_sizes=(10, 1_000, 10_000),
        synced=200,
        effort=Effort(turns=3, turn_seconds=0.25, seconds=1),
    ),
    "full": Plan(
        people=(1_000, 10_000, 100_000),
        group_sizes=(10, 100, 1_000, 10_000, 100_000),
        synced=1_000,
        effort=Effort(turns=7, turn_seconds=0.7, seconds=7),
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", choices=[*PLANS, "report"], nargs="?", default="full")
    parser.add_argument("--only", default="", help="measure again what has this in its name")
    options = parser.parse_args()
    # Ended from outside, the servers and the databases go as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if options.plan == "report":
        report.write(Run.read(RESULTS))
        return
    run = _run(PLANS[options.plan], only=options.only)
    if options.plan != "full":
        sys.stdout.write(report.document(run))
        return
    if options.only:
        run = Run.read(RESULTS).updated(run)
    run.write(RESULTS)
    report.write(run)


def _run(plan: Plan, *, only: str) -> Run:
    with postgresql() as url, broker() as broker_url:
        # Read by the settings of whoever uses one.
        os.environ["CELERY_BROKER_URL"] = broker_url
        cluster = Cluster(url)
        run = _new_run(cluster, broker_url)
        if only in first_sync.NAME:
            for people in (0, max(plan.people)):
                with running(cluster, people=people, group_sizes=()) as servers:
                    _note(run, first_sync.measure(servers, people=plan.synced, before=people))
        for people in plan.people:
            _play(cluster, plan, people, only, run)
        return run


def _play(cluster: Cluster, plan: Plan, people: int, only: str, run: Run) -> None:
    """Play what is about people at every size, what is about groups at the largest."""
    sizes = [size for size in plan.group_sizes if size <= people]
    parts = [(scenario, sizes[-1]) for scenario in PEOPLE]
    if people == max(plan.people):
        parts += [(scenario, size) for scenario in GROUPS for size in sizes]
    parts = [(scenario, size) for scenario, size in parts if only in scenario.name]
    if not parts:
        return
    with running(cluster, people=people, group_sizes=sizes) as servers:
        _warm_up(servers)
        for scenario, size in parts:
            _note(run, *measure(servers, scenario, people=people, size=size, effort=plan.effort))


def _note(run: Run, figures: Sequence[Figures], refusals: Sequence[str] = ()) -> None:
    run.figures.extend(figures)
    run.refusals.extend(refusals)
    for shown in (*map(report.line, figures), *refusals):
        sys.stderr.write(f"{shown}\n")


def _warm_up(servers: Sequence[Running]) -> None:
    """Let every thread connect, and every module load."""
    for server in servers:
        for _ in range(50):
            server.send("GET", f"/Users/{server.server.user_id(1)}")


def _new_run(cluster: Cluster, broker_url: str) -> Run:
    packages = ("Django", "djangorestframework", "django-scim2", "gunicorn", "psycopg")
    return Run(
        machine=machine.processors(),
        versions=machine.versions(packages, database=cluster.version, broker_url=broker_url),
        date=datetime.now(UTC).date().isoformat(),
    )


if __name__ == "__main__":
    main()
