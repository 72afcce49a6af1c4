"""Where workspaces land on the nodes of a distributed database."""

from __future__ import annotations

import pytest

from benchmarks.scale import placement


@pytest.fixture(autouse=True)
def few_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placement, "TRIALS", 5)


def test_sizes_add_up_and_the_second_is_half_the_first() -> None:
    sizes = placement.sizes(workspaces=100, people=5_000)

    assert sum(sizes) == pytest.approx(5_000)
    assert sizes[1] == pytest.approx(sizes[0] / 2)


def test_the_fullest_node_has_at_least_its_share() -> None:
    for found in placement.placements(placement.sizes(workspaces=500, people=5_000)):
        assert found.fair <= found.apart <= found.apart_unlucky
        assert found.fair <= found.hashed <= found.hashed_unlucky


def test_one_workspace_that_is_everything_fills_one_node() -> None:
    found = placement.placements([1_000.0])

    assert {each.apart for each in found} == {1}


def test_the_same_run_finds_the_same() -> None:
    loads = placement.sizes(workspaces=200, people=2_000)

    assert placement.placements(loads) == placement.placements(loads)
