"""Show a run as Markdown; must not know how anything is measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks import first_sync, scenarios, targets
from benchmarks.figures import Figures, Run
from benchmarks.servers import DJANGO_SCIM2, FLOOR, PROJECT, SERVERS, THREADS, WORKERS
from benchmarks.tables import number, table

DOCUMENT = Path(__file__).parent.parent / "docs" / "performance.md"

_INTRODUCTION = """\
# Performance

Made by `make bench`; not to be edited. {date}, {machine}; {versions}.

Three servers answer the same requests: **this project** as in production; **by hand**, Django
views written for these requests alone on the same tables, with a token, the product's rules of
seats and unique names, and nothing of SCIM, no journal and no events; and a plain **django-scim2**
project with one customer in its tables. Each runs behind gunicorn ({workers} worker, {threads}
threads) on a database of its own in one PostgreSQL, and is asked one request after the other.

- The servers take turns of a second or less, several times over; the median of the turns counts.
  Where other work shares the machine the times from request to answer suffer most, processor time
  less, and ratios least.
- CPU is processor time in seconds for 1,000 requests (or milliseconds for one): of gunicorn's
  processes and of the database's backends, from /proc. What PostgreSQL does in the background
  (checkpoints, autovacuum) is not in it; parallel workers are switched off, so that all else is.
- "×" compares with the views by hand. "PATCH ±n" adds members and takes them out again, "PUT group"
  too; a Bulk request counts as one. What a worker makes of the events is no part of a request; to
  hand them to the broker is. django-scim2 has no cursors (it walks by startIndex), no Bulk,
  and answers members whether or not they are asked for.
- Groups are measured in the workspace with the most people. "Walk" goes over everybody as far as
  its time reaches (the number of requests says how far).
"""

_REASONS = """
### What is missed, and why

- **Seconds for 1,000 requests** depend on the machine and on who else uses it; compare them with
  the views by hand in the same run.
- **A page of 100.** Of its time in Python half goes into Django's making of two hundred model
  instances, a link and the host's member for each person, of 32 columns: a host's adapter is
  written against its model. The views by hand read six columns as tuples. Measured apart, in
  milliseconds: instances 5.3 (the same columns as tuples 2.9, six of them 2.1), describing and
  versions 1.7, groups 1.3, the count 0.6, JSON 0.1.
- **A Bulk request** of 100 people is a hundred transactions, each with a journal entry, an event,
  the account, the member, the link and the values to filter by; the views by hand leave out the
  first two and half of the looks before.
- **±1 member**: the product's service looks again, under its own lock, at who is known and who is
  in already, though the directory's ids were just resolved; it may not trust its caller.
- **A first sync into an empty workspace.** django-scim2 writes one row for a person; here there is
  an account, a member, a link, values, seats, a journal entry and an event. Even the views by hand,
  with none of SCIM, take 1.4 times as long as django-scim2. It pays where people are already:
  django-scim2's look-ups read the whole table.
"""


def write(run: Run) -> None:
    """Write the document and its plots."""
    from benchmarks import plots  # needs matplotlib, which only a full run has to have

    plots.write(run, DOCUMENT.parent)
    DOCUMENT.write_text(document(run))


def document(run: Run) -> str:
    introduction = _INTRODUCTION.format(
        date=run.date,
        machine=run.machine,
        versions=run.versions,
        workers=WORKERS,
        threads=THREADS,
    )
    return "\n".join(
        [
            introduction,
            "## Promises\n",
            *_promises(run),
            _REASONS,
            "\n## People\n",
            "![CPU against the number of people](performance-people.png)\n",
            *_comparison(run, (each.name for each in scenarios.PEOPLE), "people"),
            "\n## Groups\n",
            "![CPU against the number of members](performance-groups.png)\n",
            *_comparison(run, (each.name for each in scenarios.GROUPS), "members"),
            "\n## A first sync\n",
            *_first_sync(run),
            *(["\n## Refused\n"] if run.refusals else []),
            *(f"- {each}" for each in run.refusals),
            "\n## Everything\n",
            "CPU in seconds for 1,000 requests, times in milliseconds.\n",
            *_everything(run),
            "",
        ]
    )


def line(each: Figures) -> str:
    """Show one figure while a run goes on."""
    columns = _columns(each)
    return f"{each.scenario:24} {each.server:13}" + "".join(f"{column:>11}" for column in columns)


def _promises(run: Run) -> Iterator[str]:
    rows = []
    for target in targets.TARGETS:
        found = target.found(run)
        shown, kept = "–", "not measured"
        if found is not None:
            shown, kept = number(found), "yes" if found <= target.most else "**no**"
        rows.append((target.promise, f"≤ {target.most:g}", shown, kept))
    return table(("promise", "at most", "found", "kept"), rows)


def _comparison(run: Run, names: Iterable[str], size: str) -> Iterator[str]:
    rows = []
    for name in names:
        for each in sorted(run.figures, key=lambda each: (each.people, each.size)):
            if (each.scenario, each.server) == (name, PROJECT.name):
                rows.append((name, f"{getattr(each, _SIZES[size]):,}", *_against(run, each)))
    servers = [f"{server.name}, CPU" for server in SERVERS]
    return table(("request", size, *servers, "×", "SQL", "django-scim2, SQL"), rows)


_SIZES = {"people": "people", "members": "size"}


def _against(run: Run, each: Figures) -> Sequence[str]:
    found = {
        server.name: run.find(server.name, each.scenario, people=each.people, size=each.size)
        for server in SERVERS
    }
    floor, other = found[FLOOR.name], found[DJANGO_SCIM2.name]
    return (
        *(number(one.cpu) if one else "–" for one in found.values()),
        f"{each.cpu / floor.cpu:.2f}" if floor else "–",
        number(each.statements),
        number(other.statements if other else None),
    )


def _first_sync(run: Run) -> Iterator[str]:
    rows = [
        (
            each.server,
            f"{each.people:,}",
            f"{each.size:,}",
            f"{each.requests:,}",
            number(each.seconds),
            number(each.cost.server * each.requests),
            number(each.cost.database and each.cost.database * each.requests),
        )
        for each in run.figures
        if each.scenario == first_sync.NAME
    ]
    heads = ("server", "people before", "people synced", "requests", "seconds")
    return table((*heads, "CPU s, server", "CPU s, database"), rows)


def _everything(run: Run) -> Iterator[str]:
    heads = ("request", "server", "people", "members", "CPU server", "CPU database")
    tail = ("p50", "p95", "p99", "bytes", "SQL", "requests")
    rows = [(each.scenario, each.server, *_columns(each)) for each in run.figures]
    return table((*heads, *tail), rows)


def _columns(each: Figures) -> Sequence[str]:
    database = each.cost.database
    return (
        f"{each.people:,}",
        f"{each.size:,}",
        number(each.cost.server * 1000),
        number(None if database is None else database * 1000),
        *(number(seconds * 1000) for seconds in (each.latency.p50, each.latency.p95)),
        number(each.latency.p99 * 1000),
        f"{each.bytes:,.0f}",
        number(each.statements),
        f"{each.requests:,}",
    )
