"""Read how large tables are for each row; must not know who filled them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

OF_A_PERSON = ("workspace_user", "workspace_member", "scim_provisioning_userlink")
VALUES = "scim_provisioning_uservalue"
MEMBERSHIP = "workspace_groupmembership"
ENTRY = "scim_provisioning_journalentry"
EVENT = ("scim_provisioning_event", "scim_provisioning_delivery")

_TABLES = (*OF_A_PERSON, VALUES, MEMBERSHIP, ENTRY, *EVENT)

_SIZE = "SELECT pg_relation_size(%(table)s), pg_indexes_size(%(table)s), count(*) FROM "


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table's bytes, all of its indexes' bytes, and its rows."""

    name: str
    heap: int
    indexes: int
    rows: int

    @property
    def bytes(self) -> int:
        return self.heap + self.indexes


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    tables: Sequence[Table]

    @property
    def person(self) -> float:
        """Bytes of a person: account, member, link and its values."""
        of_person = (*OF_A_PERSON, VALUES)
        return sum(self._table[name].bytes for name in of_person) / self._people

    @property
    def membership(self) -> float:
        return self._a_row(MEMBERSHIP)

    @property
    def entry(self) -> float:
        return self._a_row(ENTRY)

    @property
    def event(self) -> float:
        """Bytes of an event with its deliveries."""
        return sum(self._table[name].bytes for name in EVENT) / self._table[EVENT[0]].rows

    @property
    def _people(self) -> int:
        return self._table[OF_A_PERSON[-1]].rows

    @property
    def _table(self) -> Mapping[str, Table]:
        return {table.name: table for table in self.tables}

    def _a_row(self, name: str) -> float:
        return self._table[name].bytes / self._table[name].rows


def measure(url: str) -> Storage:
    with psycopg.connect(url) as connection:
        return Storage(tables=[_table(connection, name) for name in _TABLES])


def _table(connection: psycopg.Connection[tuple[int, ...]], name: str) -> Table:
    statement = sql.SQL(_SIZE) + sql.Identifier(name)
    [(heap, indexes, rows)] = connection.execute(statement, {"table": name}).fetchall()
    return Table(name=name, heap=heap, indexes=indexes, rows=rows)
