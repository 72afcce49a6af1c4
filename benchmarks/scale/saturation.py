"""Ask a server from several sides at once, and see how much it answers.

Must not know what is asked.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random

from benchmarks.costs import NOTHING, Cost
from benchmarks.measurements import Refused
from benchmarks.scale.fill import SPARE
from benchmarks.scale.tenants import spread
from benchmarks.scenarios import Scenario, Subject
from benchmarks.servers import THREADS, Running
from scim_provisioning.simulator.client import ScimClient

CLIENTS = 2 * THREADS
TURNS = 3
TURN_SECONDS = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Saturation:
    """What a server of so many processes answered, and what it took."""

    name: str
    processes: int
    requests: int
    seconds: float
    cost: Cost
    """Of one request."""

    @property
    def a_second(self) -> float:
        return self.requests / self.seconds

    @property
    def cpu(self) -> float:
        """Processor seconds of a request, of the server and the database."""
        return self.cost.server + (self.cost.database or 0)


class Crowd:
    """Several clients of one server; each plays its own cycles in its own workspaces."""

    def __init__(
        self,
        name: str,
        running: Running,
        scenario: Scenario,
        workspaces: Sequence[Sequence[str]],
        *,
        processes: int,
        people: int,
    ) -> None:
        """Take the paths of each client's workspaces."""
        self._name = name
        self._running = running
        self._processes = processes
        self._cycle = scenario.cycle
        self._clients = [
            _Client(running, scenario, own, number, people=people)
            for number, own in enumerate(workspaces)
        ]
        self._requests = 0
        self._seconds = 0.0
        self._cost = NOTHING

    def warm_up(self) -> None:
        self._together(0.5)

    def take_turn(self) -> None:
        before = self._running.spent()
        began = time.perf_counter()
        self._requests += self._together(TURN_SECONDS)
        self._seconds += time.perf_counter() - began
        self._cost += self._running.spent() - before

    def result(self) -> Saturation:
        return Saturation(
            name=self._name,
            processes=self._processes,
            requests=self._requests,
            seconds=self._seconds,
            cost=self._cost / self._requests,
        )

    def _together(self, seconds: float) -> int:
        with ThreadPoolExecutor(len(self._clients)) as pool:
            return sum(pool.map(lambda client: client.ask(seconds), self._clients))


class _Client:
    def __init__(
        self, running: Running, scenario: Scenario, own: Sequence[str], number: int, *, people: int
    ) -> None:
        in_group = people - SPARE
        subject = Subject(
            server=running.server,
            people=in_group,
            size=in_group,
            random=Random(number),  # noqa: S311  # the same in every run, no secret
        )
        self._requests = spread(scenario, {running.server.name: own}).play(subject)
        self._next = next(self._requests)
        self._connection = ScimClient(running.base_url, running.token)

    def ask(self, seconds: float) -> int:
        """Ask until the time is over; tell how often."""
        until = time.perf_counter() + seconds
        asked = 0
        while time.perf_counter() < until:
            request = self._next
            answer = self._connection.send(request.method, request.path, request.body)
            if answer.status >= 300:
                raise Refused(f"{request.method} {request.path[:80]}: {answer.status}")
            asked += 1
            self._next = self._requests.send(answer)
        return asked
