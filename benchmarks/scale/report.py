"""Show a run as Markdown; must not know how anything is measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import machine as machines
from benchmarks.costs import Cost
from benchmarks.figures import Figures
from benchmarks.scale import churn, placement
from benchmarks.scale.connecting import Opening
from benchmarks.scale.journal import Layout
from benchmarks.scale.placement import Placement
from benchmarks.scale.saturation import CLIENTS, Saturation
from benchmarks.scale.storage import Storage
from benchmarks.scale.tenants import Pair
from benchmarks.servers import THREADS
from benchmarks.tables import number, table
from scim_provisioning import conf

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "scale-figures.md"

_INTRODUCTION = """\
# Figures behind [scale.md](scale.md)

Made by `make scale`; not to be edited. {machine}.

Processor time (CPU) is of gunicorn's processes and of the database's backends, from /proc. Other
work shared the machine: what is compared was measured in turns, and ratios say more than times.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All that one run has found."""

    machine: str
    workspaces: int
    people: int
    """Of each workspace."""
    storage: Storage
    pairs: Sequence[Pair]
    saturations: Sequence[Saturation]
    backends: int
    lasting: Mapping[str, Sequence[Figures]]
    opening: Opening | None
    layouts: Sequence[Layout]
    by_people: Sequence[Placement]
    by_requests: Sequence[Placement]
    largest: float


def machine(database: str, broker_url: str) -> str:
    packages = ("Django", "gunicorn", "psycopg")
    versions = machines.versions(packages, database=database, broker_url=broker_url)
    return f"{datetime.now(UTC).date().isoformat()}, {machines.processors()}; {versions}"


def document(run: Run) -> str:
    parts = (_storage, _tenants, _saturation, _model, _connections, _journal, _placement)
    lines = [_INTRODUCTION.format(machine=run.machine)]
    for part in parts:
        lines += [*part(run), ""]
    return "\n".join(lines)


def _storage(run: Run) -> Iterator[str]:
    people = run.workspaces * run.people
    yield f"## Storage\n\n{people:,} people in {run.workspaces:,} workspaces, one group in each.\n"
    rows = [
        (
            f"`{each.name}`",
            f"{each.rows:,}",
            number(each.heap / each.rows),
            number(each.indexes / each.rows),
            number(each.bytes / 1e6),
        )
        for each in run.storage.tables
    ]
    yield from table(("table", "rows", "bytes a row", "of indexes", "MB"), rows)
    yield ""
    stored = run.storage
    whole = (
        ("person: account, member, link, values", stored.person),
        ("membership of a group", stored.membership),
        ("journal entry", stored.entry),
        ("event with its deliveries", stored.event),
    )
    yield from table(("of each", "bytes"), [(name, number(size)) for name, size in whole])


def _tenants(run: Run) -> Iterator[str]:
    yield "## Many workspaces\n"
    yield f"CPU ms of a request: a workspace of {run.people} alone, and among {run.workspaces:,}.\n"
    rows = [
        (
            each.name,
            *_milliseconds(each.alone.cost),
            *_milliseconds(each.among_many.cost),
            f"{each.ratio:.2f}",
        )
        for each in run.pairs
    ]
    heads = ("request", "alone, server", "database", "among many, server", "database", "×")
    yield from table(heads, rows)


def _saturation(run: Run) -> Iterator[str]:
    yield "## Saturation\n"
    yield (
        f"{CLIENTS} clients at once, {THREADS} threads in each process. The clients and the"
        " database share the machine's processors.\n"
    )
    rows = [
        (
            each.name,
            str(each.processes),
            f"{each.requests:,}",
            number(each.a_second),
            *_milliseconds(each.cost),
            number(1 / each.cpu),
        )
        for each in run.saturations
    ]
    heads = ("requests", "processes", "answered", "a second", "CPU ms, server", "database")
    yield from table((*heads, "a second and core"), rows)


def _model(run: Run) -> Iterator[str]:
    cpu = run.saturations[0].cpu
    days = conf.DEFAULTS["JOURNAL_RETENTION_DAYS"], conf.DEFAULTS["EVENT_RETENTION_DAYS"]
    yield "## People a core carries\n"
    yield (
        f"A model ([churn.py](../benchmarks/scale/churn.py)): {number(cpu * 1000)} ms of CPU for"
        f" a request, server and database; {run.people} people in a workspace; a core is to be"
        f" busy for {churn.USED:.0%} of the busiest hour. Kept is what one person's changes take"
        f" in journal and outbox after {days[0]} and {days[1]} days.\n"
    )
    rows = [
        (
            each.name,
            f"{each.changes:g}",
            number(each.requests(people=1, workspaces=1 / run.people)),
            f"{each.busiest_hour:.0%}",
            _rounded(churn.people_a_core(each, cpu=cpu, people_a_workspace=run.people)),
            number(
                churn.kept_bytes(
                    each,
                    entry=run.storage.entry,
                    event=run.storage.event,
                    entry_days=days[0],
                    event_days=days[1],
                )
                / 1e3
            ),
        )
        for each in churn.CHURNS
    ]
    heads = ("directory", "changes, person and day", "requests", "in the busiest hour")
    yield from table((*heads, "people a core", "kept, kB a person"), rows)
    yield ""
    yield f"First syncs: {_rounded(churn.first_syncs_an_hour(cpu=cpu))} people an hour and core."


def _connections(run: Run) -> Iterator[str]:
    yield "## Connections\n"
    yield f"Two processes of {THREADS} threads and one of {THREADS} held {run.backends} at most.\n"
    rows = [
        (name, each.server, *_connection_costs(each))
        for name, figures in run.lasting.items()
        for each in figures
    ]
    yield from table(("request", "connections", "CPU ms, server", "database"), rows)
    yield ""
    if run.opening is None:
        return
    first, again = run.opening.first * 1000, run.opening.again * 1000
    yield (
        f"A new backend takes {number(first)} ms of CPU until its first answer, and {number(again)}"
        f" ms for the same once more; it then holds {number(run.opening.resident / 1e6)} MB,"
        " shared memory included. Where connections are new each time their backends are gone"
        " before they can be read, so that this stands for the database's part."
    )


def _connection_costs(each: Figures) -> tuple[str, str]:
    server, database = _milliseconds(each.cost)
    return server, "–" if each.server == "anew" else database


def _journal(run: Run) -> Iterator[str]:
    yield "## The journal's rows\n"
    yield (
        "CPU ms, Django's and the backend's: to write an entry, to show an owner's newest 50 and"
        " one person's newest 50.\n"
    )
    rows = [
        (
            each.name,
            f"{each.rows:,}",
            *(_both(cost) for cost in (each.insert, each.page, each.person)),
        )
        for each in run.layouts
    ]
    yield from table(("layout", "rows", "write", "page", "person's page"), rows)
    yield ""
    yield (
        "CPU seconds of the daily housekeeping: to delete a day's rows, to find that there are"
        " none, and to find that nothing was refused in a month; and to drop a month instead.\n"
    )
    rows = [
        (
            each.name,
            f"{each.rows:,}",
            f"{each.day_rows:,}" if each.day else "–",
            _seconds(each.day),
            _seconds(each.look),
            _seconds(each.refusals),
            _seconds(each.month),
        )
        for each in run.layouts
    ]
    heads = ("layout", "rows", "rows of a day", "delete them")
    tail = ("find none", "find no refusal", "drop a month")
    yield from table((*heads, *tail), rows)


def _placement(run: Run) -> Iterator[str]:
    yield "## Placement\n"
    yield (
        f"Simulated: {placement.PEOPLE:,} people in {placement.WORKSPACES:,} workspaces by Zipf's"
        f" law, the largest with {run.largest:,.0f}; hashed into {placement.SHARDS} shards that"
        f" the nodes take in turns, {placement.TRIALS} times. What the fullest node has, as a part"
        f" of everything: in the median, and in the worst of 20. Apart: the {placement.APART}"
        " largest workspaces are put on the emptiest nodes by hand. Requests are those of the"
        " model's Entra ID.\n"
    )
    rows = [
        (what, str(each.nodes), *_parts(each))
        for what, found in (("people", run.by_people), ("requests", run.by_requests))
        for each in found
    ]
    heads = ("of", "nodes", "fair", "hashed", "worst of 20", "apart", "worst of 20")
    yield from table(heads, rows)


def _parts(each: Placement) -> Iterable[str]:
    found = (each.fair, each.hashed, each.hashed_unlucky, each.apart, each.apart_unlucky)
    return [f"{part:.1%}" for part in found]


def _milliseconds(cost: Cost) -> tuple[str, str]:
    database = None if cost.database is None else cost.database * 1000
    return number(cost.server * 1000), number(database)


def _both(cost: Cost) -> str:
    return " + ".join(_milliseconds(cost))


def _seconds(cost: Cost | None) -> str:
    return number(cost.server + (cost.database or 0)) if cost else "–"


def _rounded(people: float) -> str:
    """Show two digits: a model has no more."""
    return f"{float(f'{people:.2g}'):,.0f}"
