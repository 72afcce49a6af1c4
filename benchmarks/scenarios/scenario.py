"""What a scenario is; must not know one."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

from benchmarks.servers import Server
from scim_provisioning.simulator.client import Answer


class Request(NamedTuple):
    method: str
    path: str
    body: Any = None
    holds: int | None = None
    """How many resources or members the answer must hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a scenario plays on."""

    server: Server
    people: int
    size: int
    """How many members the group in question has."""
    random: Random
    """Gives every server the same choices."""

    def some_person(self) -> int:
        return self.random.randint(1, self.people)

    @property
    def group(self) -> str:
        return f"/Groups/{self.server.group_id(self.size)}"

    def user(self, number: int) -> str:
        return f"/Users/{self.server.user_id(number)}"


Requests = Generator[Request, Answer, None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A name, and how its requests are made: one turn of `cycle` of them after the other."""

    name: str
    play: Callable[[Subject], Requests]
    """Never ends."""
    cycle: int = 1
    """How many requests belong together."""
    patience: float = 1
    """How many times as long as others it may take."""
    is_write: bool = False
    lacking: Callable[[Server], bool] = lambda _: False
    """Whether a server can't play it at all."""
