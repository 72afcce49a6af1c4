"""What was measured, kept as JSON; must not know how it is shown."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Self

from benchmarks.costs import Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Seconds from a request to its answer."""

    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, latencies: Sequence[float]) -> Self:
        ordered = sorted(latencies)
        return cls(**{f"p{each}": _percentile(ordered, each) for each in (50, 95, 99)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a request costs, on average over a turn's and the median of the turns."""

    server: str
    scenario: str
    people: int
    size: int
    requests: int
    cost: Cost
    latency: Latency
    bytes: float
    statements: float | None = None
    seconds: float | None = None
    """How long the whole took, where there is a whole."""
    grown_bytes: int = 0
    """How much more memory the worker held in the end."""

    @property
    def key(self) -> tuple[str, str, int, int]:
        return self.server, self.scenario, self.people, self.size

    @property
    def cpu(self) -> float:
        """Processor seconds of 1,000 requests."""
        return 1000 * (self.cost.server + (self.cost.database or 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of everything."""

    machine: str
    versions: str
    date: str
    figures: list[Figures] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    """What a server would not do."""

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1) + "\n")

    @classmethod
    def read(cls, path: Path) -> Self:
        document = json.loads(path.read_text())
        figures = [
            Figures(**{**each, "cost": Cost(**each["cost"]), "latency": Latency(**each["latency"])})
            for each in document.pop("figures")
        ]
        return cls(figures=figures, **document)

    def updated(self, newer: Run) -> Run:
        """Take the newer figures for what a newer run has measured again."""
        again = {each.key for each in newer.figures}
        kept = [each for each in self.figures if each.key not in again]
        return replace(newer, figures=[*kept, *newer.figures], refusals=self.refusals)

    def find(self, server: str, scenario: str, *, people: int = 0, size: int = 0) -> Figures | None:
        """Find the last that fits; 0 means any number of people, any group."""
        for each in reversed(self.figures):
            is_named = (each.server, each.scenario) == (server, scenario)
            if is_named and people in (0, each.people) and size in (0, each.size):
                return each
        return None


def _percentile(ordered: Sequence[float], percent: int) -> float:
    return ordered[max(0, math.ceil(percent * len(ordered) / 100) - 1)]
