"""Write, show and let go of the journal's rows, in each of its layouts.

Runs under a server's settings, by itself: `python -m benchmarks.scale.journal SMALL LARGE`.
Must not know how a table is laid out.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django

from benchmarks import processes
from benchmarks.costs import Cost, typical
from benchmarks.documents import made_id
from benchmarks.scale.fill import APART

if TYPE_CHECKING:
    from scim_provisioning.models import Connection

TURNS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What is paid in one layout; of one entry, one page, one day, one look, one month."""

    name: str
    rows: int
    insert: Cost
    page: Cost
    person: Cost
    day: Cost | None = None
    """To delete what is one day too old."""
    day_rows: int = 0
    look: Cost | None = None
    """To find that nothing is too old."""
    refusals: Cost | None = None
    """To find that nothing was refused in a month, as once a day."""
    month: Cost | None = None
    month_seconds: float | None = None


@dataclass(slots=True, kw_only=True)
class _Turns:
    name: str
    table: str
    rows: int
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    whole: dict[str, Any] = field(default_factory=dict)

    def layout(self) -> Layout:
        taken: dict[str, Any] = {what: typical(costs) for what, costs in self.costs.items()}
        return Layout(name=self.name, rows=self.rows, **taken, **self.whole)


def main(workspaces: int, small: int, large: int) -> None:
    django.setup()
    from django.db import connection as database

    from benchmarks.scale import layouts
    from scim_provisioning.models import Connection, Token

    first = Connection.objects.get(public_id=made_id("workspace", 0))
    source = layouts.Source(
        workspaces=workspaces,
        apart=APART,
        workspace=first.pk,
        token=Token.objects.get(connection=first).pk,
    )
    with database.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET maintenance_work_mem = '256MB'")
    layouts.by_time("journal_months", source, large)
    layouts.copied("journal_flat", "journal_months")
    layouts.in_one_piece("journal_small", source, small)
    few = _Turns(name="one table", table="journal_small", rows=small)
    many = _Turns(name="one table", table="journal_flat", rows=large)
    months = _Turns(name="months, by time", table="journal_months", rows=large)
    _take_turns([few, many, months], first)
    for each in (few, many, months):
        _delete_a_day(each)
        _look(each)
    layouts.by_id("journal_ids", "journal_months")
    ids = _Turns(name="months, by id", table="journal_ids", rows=large)
    layouts.index_times("journal_flat")
    indexed = _Turns(name="one table, BRIN of times", table="journal_flat", rows=large)
    _take_turns([indexed, ids], first)
    for each in (indexed, ids):
        _look(each)
    ids.whole["month_seconds"], ids.whole["month"] = _drop_a_month("journal_ids")
    found = [each.layout() for each in (few, many, months, indexed, ids)]
    sys.stdout.write(json.dumps([asdict(each) for each in found]))


def read(document: Sequence[dict[str, Any]]) -> list[Layout]:
    """Read what `main` has printed."""
    return [Layout(**{name: _read(value) for name, value in each.items()}) for each in document]


def _take_turns(all_turns: Sequence[_Turns], connection: Connection) -> None:
    from benchmarks.scale import layouts
    from scim_provisioning.console.activity import Wanted, read
    from scim_provisioning.journal import Call

    call = Call(connection=connection, token=None, correlation_id=uuid4().hex)
    person = Wanted(scim_id=made_id("user", 7))
    plays: dict[str, tuple[int, Callable[[], object]]] = {
        "insert": (100, lambda: _write(call)),
        "page": (20, lambda: read(connection, Wanted(), count=50)),
        "person": (20, lambda: read(connection, person, count=50)),
    }
    for turn in range(TURNS + 1):
        for turns in all_turns:
            with layouts.live(turns.table):
                for what, (times, play) in plays.items():
                    play()  # plans anew, for the table is another
                    cost = _cost(play, times=times)
                    if turn:
                        turns.costs.setdefault(what, []).append(cost)


def _write(call: Any) -> None:
    from scim_provisioning.journal import record_change

    record_change(
        call,
        operation="patch",
        resource_type="User",
        scim_id=made_id("user", 7),
        status=200,
        changed=["name.familyName"],
    )


def _delete_a_day(turns: _Turns) -> None:
    """Delete what is a day too old, as the product does."""
    from benchmarks.scale import layouts
    from scim_provisioning.outbox.housekeeping import purge_journal

    deleted: list[int] = []
    with layouts.live(turns.table):
        turns.whole["day"] = _cost(lambda: deleted.append(purge_journal()))
    turns.whole["day_rows"] = deleted[0]


def _look(turns: _Turns) -> None:
    """Look for what is too old, and for what was refused, where there is neither."""
    from benchmarks.scale import layouts
    from scim_provisioning.outbox.housekeeping import announce_refusals, purge_journal

    with layouts.live(turns.table):
        turns.whole["look"] = _cost(purge_journal)
        turns.whole["refusals"] = _cost(announce_refusals)


def _drop_a_month(table: str) -> tuple[float, Cost]:
    """Drop the second month: the oldest is not whole."""
    from benchmarks.scale import layouts

    name = layouts.months()[1][0]
    began = time.perf_counter()
    cost = _cost(lambda: layouts.let_go(name, table))
    return time.perf_counter() - began, cost


def _cost(play: Callable[[], object], *, times: int = 1) -> Cost:
    """Tell what it costs once."""
    before = _spent()
    for _ in range(times):
        play()
    return (_spent() - before) / times


def _spent() -> Cost:
    from django.db import connection as database

    database.ensure_connection()
    pid = database.connection.info.backend_pid
    return Cost(
        server=time.process_time(),
        database=processes.cpu_seconds([pid]) if processes.is_visible(pid) else None,
    )


def _read(value: Any) -> Any:
    return Cost(**value) if isinstance(value, dict) else value


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
