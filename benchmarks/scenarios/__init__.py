"""What the servers are asked: each scenario makes requests and is given their answers.

Must not know how the requests are measured.
"""

from __future__ import annotations

from benchmarks.scenarios import groups, people
from benchmarks.scenarios.scenario import Request, Scenario, Subject

__all__ = ["GROUPS", "PEOPLE", "Request", "Scenario", "Subject"]

PEOPLE = people.SCENARIOS
GROUPS = groups.SCENARIOS
