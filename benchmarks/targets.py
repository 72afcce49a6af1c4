"""What the project promises of its speed, each promise computed from a run.

Must not know how a figure was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks import first_sync, scenarios
from benchmarks.figures import Figures, Run
from benchmarks.scenarios.people import PAGE
from benchmarks.servers import DJANGO_SCIM2, FLOOR, PROJECT

_WRITES = {each.name for each in (*scenarios.PEOPLE, *scenarios.GROUPS) if each.is_write}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    promise: str
    most: float
    found: Callable[[Run], float | None]
    """None if the run does not tell."""


def ratios(run: Run, *, of_writes: bool) -> Iterator[tuple[float, Figures]]:
    """Compare every reading or writing scenario's cost with that of the views by hand."""
    for each in run.figures:
        is_write = each.scenario in _WRITES or each.scenario == first_sync.NAME
        floor = run.find(FLOOR.name, each.scenario, people=each.people, size=each.size)
        if each.server == PROJECT.name and floor and is_write == of_writes:
            yield each.cpu / floor.cpu, each


def _worst(run: Run, *, of_writes: bool) -> float | None:
    return max((ratio for ratio, _ in ratios(run, of_writes=of_writes)), default=None)


def _cpu(run: Run, scenario: str, *, people: int = 0, size: int = 0) -> float | None:
    found = run.find(PROJECT.name, scenario, people=people, size=size)
    return found.cpu if found else None


def _slope(run: Run) -> float | None:
    small, large = (_cpu(run, "PATCH ±1 member", size=size) for size in (10, 100_000))
    return large / small if small and large else None


def _page_statements(run: Run) -> float | None:
    pages = [each for each in run.figures if "page of 100" in each.scenario]
    found = [each.statements for each in pages if each.server == PROJECT.name and each.statements]
    return max(found, default=None)


def _sync(run: Run, *, people: int) -> float | None:
    found = {
        each.server: each.seconds
        for each in run.figures
        if each.scenario == first_sync.NAME and each.people == people
    }
    seconds, other = found.get(PROJECT.name), found.get(DJANGO_SCIM2.name)
    return seconds / other if seconds and other else None


def _growth(run: Run) -> float | None:
    found = run.find(PROJECT.name, "walk, pages of 100")
    if not found or found.requests * PAGE < found.people:
        return None  # it did not get all the way
    return found.grown_bytes / 1e6


TARGETS = (
    Target(
        promise="reads: CPU against the views by hand, the worst",
        most=1.3,
        found=lambda run: _worst(run, of_writes=False),
    ),
    Target(
        promise="writes: CPU against the views by hand, the worst",
        most=2,
        found=lambda run: _worst(run, of_writes=True),
    ),
    Target(
        promise="page of 100 of 10,000: CPU s per 1,000",
        most=20,
        found=lambda run: _cpu(run, "first page of 100", people=10_000),
    ),
    Target(promise="page of 100: statements", most=5, found=_page_statements),
    Target(
        promise="±1 member of a group of 10,000: CPU s per 1,000",
        most=10,
        found=lambda run: _cpu(run, "PATCH ±1 member", size=10_000),
    ),
    Target(
        promise="±1 member: CPU at 100,000 members against 10",
        most=1.2,
        found=_slope,
    ),
    Target(
        promise="group of 10,000 with members: CPU s per 1,000",
        most=35,
        found=lambda run: _cpu(run, "GET group with members", size=10_000),
    ),
    Target(
        promise="first sync of 1,000 people: time against django-scim2",
        most=0.5,
        found=lambda run: _sync(run, people=0),
    ),
    Target(
        promise="the same where 100,000 are already",
        most=0.5,
        found=lambda run: _sync(run, people=100_000),
    ),
    Target(promise="walk over the most people: MB the worker grew", most=10, found=_growth),
)
