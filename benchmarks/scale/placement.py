"""Lay workspaces of very different sizes on the nodes of a distributed database.

Pure and seeded. Must not know a database: only that one hashes the workspace into shards, gives
these to the nodes in turns, and can move a workspace to a shard, and a node, of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import median

WORKSPACES = 10_000
PEOPLE = 2_000_000
EXPONENT = 1.0
SHARDS = 128
NODES = (2, 4, 8, 16, 32)
APART = 20
"""How many of the largest workspaces are placed by hand."""
TRIALS = 200
SEED = 7644


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The part of everything that the fullest node has: in the median, and in 1 of 20 trials."""

    nodes: int
    fair: float
    hashed: float
    hashed_unlucky: float
    apart: float
    apart_unlucky: float


def sizes(workspaces: int = WORKSPACES, people: int = PEOPLE) -> list[float]:
    """Give the workspaces' people by Zipf's law, the largest first."""
    weights = [1 / rank**EXPONENT for rank in range(1, workspaces + 1)]
    total = sum(weights)
    return [people * weight / total for weight in weights]


def placements(loads: Sequence[float]) -> list[Placement]:
    """Place the loads, the largest first, on clusters of several sizes."""
    return [_placement(loads, nodes) for nodes in NODES]


def _placement(loads: Sequence[float], nodes: int) -> Placement:
    chance = Random(SEED)  # noqa: S311  # the same in every run, no secret
    total = sum(loads)
    hashed, apart = [], []
    for _ in range(TRIALS):
        shards = _hashed(loads, chance)
        hashed.append(max(_in_turns(shards, nodes)) / total)
        rest = _in_turns(_hashed(loads[APART:], chance), nodes)
        apart.append(max(_by_hand(loads[:APART], rest)) / total)
    return Placement(
        nodes=nodes,
        fair=1 / nodes,
        hashed=median(hashed),
        hashed_unlucky=_unlucky(hashed),
        apart=median(apart),
        apart_unlucky=_unlucky(apart),
    )


def _hashed(loads: Sequence[float], chance: Random) -> list[float]:
    shards = [0.0] * SHARDS
    for load in loads:
        shards[chance.randrange(SHARDS)] += load
    return shards


def _in_turns(shards: Sequence[float], nodes: int) -> list[float]:
    return [sum(shards[node::nodes]) for node in range(nodes)]


def _by_hand(loads: Sequence[float], nodes: list[float]) -> list[float]:
    """Put each on the emptiest node."""
    for load in loads:
        emptiest = min(range(len(nodes)), key=nodes.__getitem__)
        nodes[emptiest] += load
    return nodes


def _unlucky(found: Sequence[float]) -> float:
    return sorted(found)[len(found) * 19 // 20]
