"""Play a scenario on all servers in turns, and read what each has used.

The servers take turns of a second or less, several times over, so that whatever else the machine
does meets all of them alike; of the turns the median counts. Must not know a scenario.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.costs import Cost, typical
from benchmarks.counting import ASK, TELL
from benchmarks.figures import Figures, Latency
from benchmarks.scenarios import Request, Scenario, Subject
from benchmarks.servers import Running
from scim_provisioning.simulator.client import Answer


class Refused(Exception):
    """A server gave an answer that is none to this request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much is measured: so many turns, none longer than this if one request isn't."""

    turns: int
    turn_seconds: float
    seconds: float
    """After which a server's turns end early."""


class _Player:
    """One server's part in a scenario."""

    def __init__(self, running: Running, scenario: Scenario, subject: Subject) -> None:
        self._running = running
        self._scenario = scenario
        self._subject = subject
        self._requests = scenario.play(subject)
        self._next = next(self._requests)
        self._latencies: list[float] = []
        self._sizes: list[int] = []
        self._statements: list[int] = []
        self._turns: list[Cost] = []
        self._spent = 0.0

    def warm_up(self) -> None:
        """Play a cycle whose statements are counted and whose time is not; remember the memory."""
        began = time.perf_counter()
        self._cycle(**{ASK: "1"})
        self._pace = time.perf_counter() - began
        self._latencies.clear()
        self._sizes.clear()
        self._memory = self._running.resident_bytes()

    def take_turn(self, effort: Effort) -> None:
        patience = self._scenario.patience
        if self._turns and self._spent > effort.seconds * patience:
            return
        cycles = max(1, int(effort.turn_seconds * patience / self._pace))
        before = self._running.spent()
        began = time.perf_counter()
        for _ in range(cycles):
            self._cycle()
        elapsed = time.perf_counter() - began
        self._spent += elapsed
        self._pace = elapsed / cycles
        cost = self._running.spent() - before
        self._turns.append(cost / (cycles * self._scenario.cycle))

    def figures(self) -> Figures:
        return Figures(
            server=self._running.server.name,
            scenario=self._scenario.name,
            people=self._subject.people,
            size=self._subject.size,
            requests=len(self._latencies),
            cost=typical(self._turns),
            latency=Latency.of(self._latencies),
            bytes=sum(self._sizes) / len(self._sizes),
            statements=sum(self._statements) / len(self._statements),
            grown_bytes=self._running.resident_bytes() - self._memory,
        )

    def _cycle(self, **headers: str) -> None:
        for _ in range(self._scenario.cycle):
            request = self._next
            began = time.perf_counter()
            answer = self._running.send(request.method, request.path, request.body, headers)
            self._latencies.append(time.perf_counter() - began)
            self._sizes.append(len(answer.body))
            if answer.status >= 300:
                raise Refused(f"{self._scenario.name} ({self._subject.size:,}): {answer.status}")
            if headers:
                self._statements.append(int(answer.headers[TELL.lower()]))
                _check(request, answer)
            self._next = self._requests.send(answer)


def measure(
    servers: Sequence[Running], scenario: Scenario, *, people: int, size: int, effort: Effort
) -> tuple[list[Figures], list[str]]:
    """Play one scenario on every server that can play it; say also which refused it, and how."""
    refusals = []
    players = []
    for running in servers:
        if scenario.lacking(running.server):
            continue
        player = _Player(running, scenario, _subject(running, people, size))
        try:
            player.warm_up()
        except Refused as problem:
            refusals.append(f"{running.server.name}: {problem}")
            continue
        players.append(player)
    for _ in range(effort.turns):
        for player in players:
            player.take_turn(effort)
    return [player.figures() for player in players], refusals


def _subject(running: Running, people: int, size: int) -> Subject:
    choices = Random(people + size)  # noqa: S311  # the same for all servers, no secret
    return Subject(server=running.server, people=people, size=size, random=choices)


def _check(request: Request, answer: Answer) -> None:
    """See that a server answers what it is asked, lest the wrong one be the fastest."""
    if request.holds is None:
        return
    document = json.loads(answer.body)
    held = len(document.get("Resources", document.get("members", ())))
    if held != request.holds:
        raise Refused(f"{request.path[:60]}: {held} instead of {request.holds}")
