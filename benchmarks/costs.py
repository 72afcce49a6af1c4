"""Processor time, of a server and of its database; must not know how it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """In seconds; no number for a database whose processes can't be seen."""

    server: float
    database: float | None

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            server=self.server + other.server,
            database=_both(self.database, other.database, 1),
        )

    def __sub__(self, other: Cost) -> Cost:
        return Cost(
            server=self.server - other.server,
            database=_both(self.database, other.database, -1),
        )

    def __truediv__(self, count: float) -> Cost:
        database = None if self.database is None else self.database / count
        return Cost(server=self.server / count, database=database)


NOTHING = Cost(server=0, database=0)


def typical(costs: Sequence[Cost]) -> Cost:
    """Take the median of each."""
    databases = [each.database for each in costs if each.database is not None]
    return Cost(
        server=median(each.server for each in costs),
        database=median(databases) if databases else None,
    )


def _both(one: float | None, other: float | None, sign: int) -> float | None:
    return None if one is None or other is None else one + sign * other
