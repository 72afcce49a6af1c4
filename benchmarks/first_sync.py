"""Measure an Okta-style first sync: all servers at once, each a few people at a time.

Must not know what Okta sends.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from benchmarks.costs import NOTHING
from benchmarks.figures import Figures, Latency
from benchmarks.servers import Running
from scim_provisioning.simulator import okta
from scim_provisioning.simulator.client import Answer, ScimClient
from scim_provisioning.simulator.people import Person, Team, invent_people

NAME = "Okta first sync"
_STEPS = 50
_TEAMS = 20
_MEMBERS = 200


class _TimedClient(ScimClient):
    """Remembers how long each answer took and how large it was."""

    def __init__(self, running: Running) -> None:
        super().__init__(running.base_url, running.token, headers=okta.HEADERS)
        self.latencies: list[float] = []
        self.sizes: list[int] = []

    def send(
        self,
        method: str,
        path: str,
        document: Any = None,
        *,
        headers: Mapping[str, str | None] | None = None,
    ) -> Answer:
        began = time.perf_counter()
        answer = super().send(method, path, document, headers=headers)
        self.latencies.append(time.perf_counter() - began)
        self.sizes.append(len(answer.body))
        return answer


class _Player:
    """One server's part in the sync."""

    def __init__(
        self, running: Running, people: Sequence[Person], teams: Sequence[Team], *, before: int
    ) -> None:
        self.running = running
        self.client = _TimedClient(running)
        self._progress = okta.first_sync(self.client, people=people, teams=teams)
        self._synced = len(people)
        self._before = before
        self._cost = NOTHING

    def take_turn(self) -> bool:
        """Bring some people over; tell whether there are more."""
        before = self.running.spent()
        steps = sum(1 for _ in islice(self._progress, _STEPS))
        self._cost += self.running.spent() - before
        return steps == _STEPS

    def figures(self) -> Figures:
        count = len(self.client.latencies)
        return Figures(
            server=self.running.server.name,
            scenario=NAME,
            people=self._before,
            size=self._synced,
            requests=count,
            cost=self._cost / count,
            latency=Latency.of(self.client.latencies),
            bytes=sum(self.client.sizes) / count,
            seconds=sum(self.client.latencies),
        )


def measure(servers: Sequence[Running], *, people: int, before: int) -> list[Figures]:
    """Sync so many people, and groups of 200 of them, to servers that hold others before."""
    invented = invent_people(people)
    step = max(1, people // _MEMBERS)
    teams = [
        Team(name=f"Team {number}", members=tuple(invented[number % step :: step][:_MEMBERS]))
        for number in range(min(_TEAMS, people // 50))
    ]
    players = [_Player(each, invented, teams, before=before) for each in servers]
    waiting = players
    while waiting:
        waiting = [player for player in waiting if player.take_turn()]
    return [player.figures() for player in players]
