"""Measure what docs/scale.md says, and write docs/scale-figures.md: `python -m benchmarks.scale`.

Must not know how anything is measured.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec

from benchmarks.brokers import broker
from benchmarks.clusters import Cluster
from benchmarks.figures import Figures
from benchmarks.measurements import Effort, measure
from benchmarks.scale import connecting, journal, placement, report, storage, tenants
from benchmarks.scale.churn import CHURNS
from benchmarks.scale.fill import SPARE
from benchmarks.scale.saturation import CLIENTS, TURNS, Crowd, Saturation
from benchmarks.scale.settings_choices import CHOICES, VARIABLE
from benchmarks.servers import PROJECT, Account, Running, serving, told
from tests.databases import postgresql

PEOPLE = 100
"""Of each workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    workspaces: int
    small: int
    large: int
    """Rows of the journal."""
    effort: Effort


PLANS = {
    "quick": Plan(
        workspaces=100,
        small=100_000,
        large=1_000_000,
        effort=Effort(turns=3, turn_seconds=0.2, seconds=1),
    ),
    "full": Plan(
        workspaces=1_000,
        small=1_000_000,
        large=10_000_000,
        effort=Effort(turns=7, turn_seconds=0.4, seconds=4),
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", choices=PLANS, nargs="?", default="full")
    plan = PLANS[parser.parse_args().plan]
    # Ended from outside, the servers and the databases go as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with postgresql() as url, broker() as broker_url:
        os.environ["CELERY_BROKER_URL"] = broker_url
        run = _run(plan, Cluster(url), broker_url)
    if plan is PLANS["full"]:
        report.DOCUMENT.write_text(report.document(run))
        return
    sys.stdout.write(report.document(run))


def _run(plan: Plan, cluster: Cluster, broker_url: str) -> report.Run:
    with (
        cluster.database("scale_alone") as alone_url,
        cluster.database("scale_many") as many_url,
    ):
        alone = _filled(cluster, alone_url, 1, history=0)
        many = _filled(cluster, many_url, plan.workspaces, history=plan.workspaces * PEOPLE)
        _tell("tables")
        stored = storage.measure(many_url)
        with (
            _serving("alone", alone, cluster, alone_url) as one,
            _serving("many", many, cluster, many_url) as two,
        ):
            _tell("workspaces")
            pairs = tenants.compare(
                one, two, workspaces=plan.workspaces, people=PEOPLE, effort=plan.effort
            )
        _tell("saturation")
        saturations, backends = _saturate(plan, cluster, many, many_url)
        _tell("connections")
        lasting = _connections(plan, cluster, many, many_url)
        opening = connecting.measure(many_url)
        _tell("journal")
        module = "benchmarks.scale.journal"
        printed = told(_SERVER, many_url, module, plan.workspaces, plan.small, plan.large)
    _tell("placement")
    sizes = placement.sizes()
    entra = CHURNS[1]
    requests = [entra.requests(people=each, workspaces=1) for each in sizes]
    return report.Run(
        machine=report.machine(cluster.version, broker_url),
        workspaces=plan.workspaces,
        people=PEOPLE,
        storage=stored,
        pairs=pairs,
        saturations=saturations,
        backends=backends,
        lasting=lasting,
        opening=opening,
        layouts=journal.read(printed),
        by_people=placement.placements(sizes),
        by_requests=placement.placements(requests),
        largest=sizes[0],
    )


_SERVER = replace(PROJECT, package="scale")


def _filled(cluster: Cluster, url: str, workspaces: int, *, history: int) -> Account:
    account = told(_SERVER, url, "benchmarks.scale.fill", workspaces, PEOPLE, history)
    cluster.settle(url)
    return Account(**account)


@contextmanager
def _serving(
    name: str, account: Account, cluster: Cluster, url: str, *, workers: int = 1, choice: str = ""
) -> Iterator[Running]:
    server = replace(_SERVER, name=name)
    first = f"{tenants.addresses(1)[0]}/Users/{server.user_id(1)}"
    with serving(
        server,
        account,
        cluster,
        url,
        workers=workers,
        variables={VARIABLE: choice} if choice else {},
        first=first,
    ) as running:
        for _ in range(50):  # every thread connects, every module loads
            running.send("GET", first)
        yield running


def _saturate(
    plan: Plan, cluster: Cluster, account: Account, url: str
) -> tuple[list[Saturation], int]:
    """Let all crowds take turns; tell also how many connections two processes have in the end."""
    places = tenants.addresses(plan.workspaces)
    with (
        _serving("one", account, cluster, url, workers=1) as one,
        _serving("two", account, cluster, url, workers=2) as two,
    ):
        entra, patch = tenants.scenario("Entra cycle"), tenants.scenario("PATCH active")
        before = len(cluster.backends(url))
        crowds = [
            Crowd(name, running, scenario, own, processes=count, people=PEOPLE)
            for name, running, scenario, own, count in (
                ("Entra cycle", one, entra, _shares(places, 0), 1),
                ("Entra cycle", two, entra, _shares(places, 1), 2),
                ("PATCH active, many workspaces", two, patch, _shares(places, 2), 2),
                ("PATCH active, one workspace", two, patch, [places[:1]] * CLIENTS, 2),
            )
        ]
        for crowd in crowds:
            crowd.warm_up()
        for _ in range(TURNS):
            for crowd in crowds:
                crowd.take_turn()
        after = len(cluster.backends(url))
    return [crowd.result() for crowd in crowds], max(before, after)


def _shares(places: Sequence[str], number: int) -> list[Sequence[str]]:
    """Give each client of a crowd workspaces that nobody else asks."""
    step = 3 * CLIENTS
    return [places[number * CLIENTS + client :: step] for client in range(CLIENTS)]


def _connections(
    plan: Plan, cluster: Cluster, account: Account, url: str
) -> dict[str, list[Figures]]:
    """Ask the same with connections that last, that are new each time, and from a pool."""
    choices = [each for each in CHOICES if each != "pool" or find_spec("psycopg_pool")]
    found: dict[str, list[Figures]] = {}
    with (
        _serving(choices[0], account, cluster, url, choice=choices[0]) as lasting,
        _serving(choices[1], account, cluster, url, choice=choices[1]) as anew,
        _serving(choices[-1], account, cluster, url, choice=choices[-1]) as pool,
    ):
        servers = [lasting, anew, *([pool] if "pool" in choices else [])]
        places = {each: tenants.addresses(plan.workspaces) for each in choices}
        for name in ("GET user", "PATCH active"):
            played = tenants.spread(tenants.scenario(name), places)
            people = PEOPLE - SPARE
            found[name], _ = measure(
                servers, played, people=people, size=people, effort=plan.effort
            )
    return found


def _tell(what: str) -> None:
    sys.stderr.write(f"{time.strftime('%X')} {what}\n")


if __name__ == "__main__":
    main()
