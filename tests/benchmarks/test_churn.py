"""The model of what a core carries: it follows from its assumptions, and from nothing else."""

from __future__ import annotations

import pytest

from benchmarks.scale.churn import (
    SECONDS_AN_HOUR,
    USED,
    Churn,
    first_syncs_an_hour,
    kept_bytes,
    people_a_core,
)

CHURN = Churn(name="a test's", cycles=36, changes=0.5, reads=1, busiest_hour=0.25)


def test_the_requests_of_a_day_are_those_of_people_and_of_workspaces() -> None:
    assert CHURN.requests(people=100, workspaces=0) == 200
    assert CHURN.requests(people=0, workspaces=2) == 72
    assert CHURN.requests(people=100, workspaces=2) == 272


def test_as_many_people_as_a_core_carries_use_it_as_planned_in_the_busiest_hour() -> None:
    people = people_a_core(CHURN, cpu=0.01, people_a_workspace=50)

    requests = CHURN.requests(people=people, workspaces=people / 50)

    assert requests * 0.25 * 0.01 == pytest.approx(USED * SECONDS_AN_HOUR)


def test_a_request_of_twice_the_cost_leaves_half_the_people() -> None:
    cheap, dear = (people_a_core(CHURN, cpu=cpu, people_a_workspace=50) for cpu in (0.01, 0.02))

    assert dear == pytest.approx(cheap / 2)


def test_a_first_sync_takes_three_requests_for_each_person() -> None:
    assert first_syncs_an_hour(cpu=0.01) == pytest.approx(120_000)


def test_what_is_kept_grows_with_how_long_it_is_kept() -> None:
    assert kept_bytes(CHURN, entry=600, event=800, entry_days=400, event_days=30) == 132_000
