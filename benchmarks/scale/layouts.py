"""Lay out the journal's table anew: in one piece, and in a partition for each month.

What stands here is what docs/scale.md tells an operator to do. Must not know what is measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

LIVE = "scim_provisioning_journalentry"
ASIDE = "journal_aside"
DAYS = 401
"""How far back it goes: one day more than is kept."""

_INDEXES = """
CREATE INDEX ON {table} (workspace_id, id DESC);
CREATE INDEX ON {table} (workspace_id, scim_id, id DESC);
CREATE INDEX ON {table} (workspace_id, occurred_at);
CREATE INDEX ON {table} (token_id);
"""
# In each partition by itself: what is counted in a minute is counted in one of them.
_TALLY = "CREATE UNIQUE INDEX ON {table} (workspace_id, tally_key) WHERE tally_key <> ''"
_KEYS = """
ALTER TABLE {table}
  ADD FOREIGN KEY (workspace_id) REFERENCES scim_provisioning_connection
    DEFERRABLE INITIALLY DEFERRED,
  ADD FOREIGN KEY (workspace_id, token_id)
    REFERENCES scim_provisioning_token (workspace_id, id) DEFERRABLE INITIALLY DEFERRED;
"""
_LIKE = """
CREATE TABLE {table} (LIKE {live} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING CONSTRAINTS)
"""
_MADE_UP = """
INSERT INTO {table} (occurred_at, correlation_id, operation, resource_type, scim_id, status,
  scim_type, changed, transitions, notes, user_agent, address, count, tally_key,
  workspace_id, token_id)
SELECT now() - make_interval(days => {days}) * (1 - n::float / %(rows)s), md5(n::text), 'patch',
  'User', md5('user ' || 1 + n / %(workspaces)s %% 80)::uuid, 200, '', '["name.familyName"]',
  '{{}}', '[]', 'Mozilla/5.0 (directory synchronisation service)', '192.0.2.17', 1, '',
  %(workspace)s + {apart} * (n %% %(workspaces)s), %(token)s + {apart} * (n %% %(workspaces)s)
FROM generate_series(1, %(rows)s) AS n
"""
_CONTINUE = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The workspaces whose history is made up: how many, and the keys of the first's rows."""

    workspaces: int
    apart: int
    workspace: int
    token: int


def in_one_piece(table: str, source: Source, rows: int) -> None:
    """Make up a table like the product's."""
    _run(_LIKE + ";" + _KEYS, table=table)
    _make_up(table, source, rows)
    _finish(table, key="id", parts=[table])


def copied(table: str, original: str) -> None:
    """Make such a table with another's rows."""
    _run(_LIKE + ";" + _KEYS, table=table)
    _unchecked(f"INSERT INTO {table} SELECT * FROM {original}")  # noqa: S608  # our own names
    _finish(table, key="id", parts=[table])


def by_time(table: str, source: Source, rows: int) -> None:
    """Make up a table with a partition for each month: unique keys have to include the time."""
    _run(_LIKE + " PARTITION BY RANGE (occurred_at);" + _KEYS, table=table)
    for name, start, end in months():
        _run(
            "CREATE TABLE {part} PARTITION OF {table} FOR VALUES FROM ('{start}') TO ('{end}')",
            table=table,
            part=name,
            start=start.isoformat(),
            end=end.isoformat(),
        )
    _make_up(table, source, rows)
    _finish(table, key="id, occurred_at", parts=[name for name, _, _ in months()])


def by_id(table: str, former: str) -> None:
    """Take another table's partitions over, by ranges of ids: the primary key stays as it is."""
    _run(_LIKE + " PARTITION BY RANGE (id);" + _KEYS, table=table)
    names = [name for name, _, _ in months()]
    first_ids = [_first_id(name) for name in names]
    for name, start, end in zip(names, first_ids, [*first_ids[1:], None], strict=True):
        _run("ALTER TABLE {former} DETACH PARTITION {part}", former=former, part=name)
        _run(
            "ALTER TABLE {part} DROP CONSTRAINT {part}_pkey, ADD PRIMARY KEY (id);"
            "ALTER TABLE {table} ATTACH PARTITION {part} FOR VALUES FROM ({start}) TO ({end})",
            table=table,
            part=name,
            start=start,
            end="MAXVALUE" if end is None else end,
        )
    _finish(table, key="id", parts=[])


def index_times(table: str) -> None:
    """Let what is old be found without the workspaces: rows lie in the order of their times."""
    _run("CREATE INDEX ON {table} USING brin (occurred_at); ANALYZE {table}", table=table)


def months() -> Sequence[tuple[str, datetime, datetime]]:
    """List the partitions, the oldest first: name, start, end."""
    return list(_months(datetime.now(UTC)))


def let_go(part: str, table: str) -> None:
    """Let a month go, without holding up who writes."""
    _run("ALTER TABLE {table} DETACH PARTITION {part}; DROP TABLE {part}", table=table, part=part)


@contextmanager
def live(table: str) -> Iterator[None]:
    """Let the product use this table for its own."""
    _run("ALTER TABLE {live} RENAME TO {aside}; ALTER TABLE {table} RENAME TO {live}", table=table)
    try:
        yield
    finally:
        _run(
            "ALTER TABLE {live} RENAME TO {table}; ALTER TABLE {aside} RENAME TO {live}",
            table=table,
        )


def _months(now: datetime) -> Iterator[tuple[str, datetime, datetime]]:
    start = (now - timedelta(days=DAYS)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while start <= now:
        end = (start + timedelta(days=32)).replace(day=1)
        yield f"journal_{start:%Y_%m}", start, end
        start = end


def _make_up(table: str, source: Source, rows: int) -> None:
    _unchecked(
        _MADE_UP.format(table=table, days=DAYS, apart=source.apart),
        rows=rows,
        workspaces=source.workspaces,
        workspace=source.workspace,
        token=source.token,
    )


def _finish(table: str, *, key: str, parts: Sequence[str]) -> None:
    _run(
        "ALTER TABLE {table} ADD PRIMARY KEY ({key});" + _INDEXES + _CONTINUE, table=table, key=key
    )
    for part in parts:
        _run(_TALLY, table=part)
    _run("ANALYZE {table}", table=table)


def _first_id(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(min(id), 1) FROM {table}")  # noqa: S608  # our own names
        row = cursor.fetchone()
    return int(row[0])


def _unchecked(statement: str, **parameters: int) -> None:
    """Write without looking each row's keys up: they come from the tables themselves."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, parameters or None)
        cursor.execute("SET session_replication_role = DEFAULT")


def _run(statements: str, **names: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements.format(live=LIVE, aside=ASIDE, **names))
