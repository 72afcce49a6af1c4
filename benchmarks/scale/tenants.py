"""Compare a workspace that is alone with one among many; must not know what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.documents import made_id
from benchmarks.figures import Figures
from benchmarks.measurements import Effort, Refused, measure
from benchmarks.scale.fill import SPARE
from benchmarks.scenarios import GROUPS, PEOPLE, Scenario, Subject
from benchmarks.scenarios.scenario import Requests
from benchmarks.servers import Running

_NAMES = ("GET user", "filter by userName", "PATCH active", "first page of 100", "PATCH ±1 member")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What a request costs where a workspace is alone, and where there are many."""

    name: str
    alone: Figures
    among_many: Figures

    @property
    def ratio(self) -> float:
        return self.among_many.cpu / self.alone.cpu


def addresses(workspaces: int) -> list[str]:
    """List the paths of the workspaces."""
    return [f"/{made_id('workspace', number)}" for number in range(workspaces)]


def scenario(name: str) -> Scenario:
    return next(each for each in (*PEOPLE, *GROUPS) if each.name == name)


def spread(scenario: Scenario, workspaces: Mapping[str, Sequence[str]]) -> Scenario:
    """Play each cycle in another of a server's workspaces, which are named by their paths."""

    def play(subject: Subject) -> Requests:
        requests = scenario.play(subject)
        request = next(requests)
        while True:
            workspace = subject.random.choice(workspaces[subject.server.name])
            for _ in range(scenario.cycle):
                answer = yield request._replace(path=workspace + request.path)
                request = requests.send(answer)

    return replace(scenario, play=play)


def compare(
    alone: Running, among_many: Running, *, workspaces: int, people: int, effort: Effort
) -> list[Pair]:
    servers = (alone, among_many)
    places = {
        each.server.name: addresses(n) for each, n in zip(servers, (1, workspaces), strict=True)
    }
    pairs = []
    for name in _NAMES:
        played = spread(scenario(name), places)
        in_group = people - SPARE
        figures, refusals = measure(servers, played, people=in_group, size=in_group, effort=effort)
        if refusals:
            raise Refused(refusals[0])
        pairs.append(Pair(name=name, alone=figures[0], among_many=figures[1]))
    return pairs
