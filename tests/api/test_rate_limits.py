"""A connection may ask so much in a time; beyond it a request is told when to come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from scim_provisioning import counters, rejections, usage
from scim_provisioning.models import JournalEntry
from scim_provisioning.protocol import urns
from tests.api.client import SCIM_JSON, Answer, Configure, Directory, statements

PER_SECOND, BURST = 10, 20
WINDOW = BURST / PER_SECOND


@dataclass(slots=True)
class Clock:
    now: datetime

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Time stands at the beginning of a window, an hour from now."""
    later = timezone.now().timestamp() + 3600
    clock = Clock(datetime.fromtimestamp(later // 60 * 60, tz=timezone.now().tzinfo))
    with patch.object(timezone, "now", side_effect=lambda: clock.now):
        yield clock


@pytest.fixture(autouse=True)
def _limited(configure: Configure) -> Iterator[None]:
    configure(RATE_LIMIT_PER_SECOND=PER_SECOND, RATE_LIMIT_BURST=BURST)
    rejections._noted.clear()
    rejections._stored.clear()
    yield
    rejections._noted.clear()


@pytest.fixture
def dead_cache(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(counters, "_rests_until", 0.0)
    with patch("scim_provisioning.counters.cache") as cache:
        cache.incr.side_effect = cache.get.side_effect = ConnectionError
        yield


def ask(directory: Directory, times: int, path: str = "/ResourceTypes") -> list[int]:
    return [directory.get(path).status for _ in range(times)]


def refused(directory: Directory) -> Answer:
    """Use up what a connection has, and one more."""
    assert ask(directory, BURST) == [200] * BURST
    return directory.get("/ResourceTypes")


class TestTheLimit:
    def test_a_burst_passes_and_no_more(self, directory: Directory, clock: Clock) -> None:
        assert ask(directory, BURST + 2) == [200] * BURST + [429, 429]

    def test_the_refusal_is_a_scim_error_that_says_when_to_come_back(
        self, directory: Directory, clock: Clock
    ) -> None:
        """RFC 7644 §3.12, RFC 9110 §10.2.3."""
        answer = refused(directory)

        assert answer.status == 429
        assert answer.headers["Retry-After"] == "3"
        assert answer.headers["Content-Type"] == SCIM_JSON
        assert len(answer.headers["X-Correlation-Id"]) == 32
        assert answer.body == {
            "schemas": [urns.ERROR],
            "status": "429",
            "detail": "This workspace's directory sends more than 10 requests a second; "
            "try again in 3 seconds.",
        }

    def test_after_that_time_requests_pass_again(self, directory: Directory, clock: Clock) -> None:
        answer = refused(directory)

        clock.forward(int(answer.headers["Retry-After"]) - 1)
        early = directory.get("/ResourceTypes")
        clock.forward(1)
        late = ask(directory, 5)

        assert (early.status, early.headers["Retry-After"]) == (429, "1")
        assert "try again in 1 second." in early.body["detail"]
        assert late == [200] * 5

    def test_a_refused_request_does_nothing(self, directory: Directory, clock: Clock) -> None:
        refused(directory)

        answer = directory.post("/Users", {"userName": "zoe"})
        clock.forward(60)

        assert answer.status == 429
        assert directory.find("/Users", 'userName eq "zoe"') == []

    @pytest.mark.parametrize(
        "path", ["", "/Users", "/Groups/x", "/ServiceProviderConfig", "/Schemas", "/Me", "/Ducks"]
    )
    def test_every_endpoint_is_limited(self, path: str, directory: Directory, clock: Clock) -> None:
        refused(directory)

        assert directory.get(path).status == 429

    @pytest.mark.parametrize("off", [None, 0])
    def test_it_can_be_switched_off(
        self, off: int | None, directory: Directory, configure: Configure, clock: Clock
    ) -> None:
        configure(RATE_LIMIT_PER_SECOND=off)

        assert set(ask(directory, BURST * 2)) == {200}

    def test_entra_at_its_quickest_never_meets_the_default(
        self, directory: Directory, configure: Configure, clock: Clock
    ) -> None:
        configure(RATE_LIMIT_PER_SECOND=100, RATE_LIMIT_BURST=1000)

        answers = []
        for _ in range(20):
            answers += ask(directory, 50)
            clock.forward(2)

        assert set(answers) == {200}

    def test_a_flood_is_slowed_to_the_rate_and_not_shut_out(
        self, directory: Directory, clock: Clock
    ) -> None:
        answers = []
        for _ in range(200):
            answers.append(directory.get("/ResourceTypes").status)
            clock.forward(0.05)

        assert answers.count(200) in range(80, BURST + 10 * PER_SECOND + 1)


class TestWhoseRequestsCount:
    def test_wrong_tokens_use_up_nothing(self, directory: Directory, clock: Clock) -> None:
        stranger = replace(directory, token=directory.token[:-1])

        assert set(ask(stranger, BURST * 2)) == {401}
        assert set(ask(directory, BURST)) == {200}

    def test_another_connections_token_uses_up_nothing(
        self, directory: Directory, globex_directory: Directory, clock: Clock
    ) -> None:
        carol = replace(directory, token=globex_directory.token)

        assert set(ask(carol, BURST * 2)) == {401}
        assert set(ask(directory, BURST)) == {200}

    def test_another_connection_has_its_own(
        self, directory: Directory, globex_directory: Directory, clock: Clock
    ) -> None:
        refused(directory)

        assert set(ask(globex_directory, BURST)) == {200}

    def test_a_wrong_token_learns_nothing_of_the_limit(
        self, directory: Directory, clock: Clock
    ) -> None:
        refused(directory)

        assert replace(directory, token="x").get("/Users").status == 401


class TestBulk:
    def test_each_operation_counts(self, directory: Directory, clock: Clock) -> None:
        removals = [{"method": "DELETE", "path": f"/Users/{n}"} for n in range(15)]

        assert directory.bulk(*removals).status == 200

        assert ask(directory, BURST) == [200] * 5 + [429] * 15

    def test_the_largest_is_possible_as_long_as_one_request_is(
        self, directory: Directory, configure: Configure, clock: Clock
    ) -> None:
        configure(BULK_MAX_OPERATIONS=BURST)
        removals = [{"method": "DELETE", "path": f"/Users/{n}"} for n in range(BURST)]
        ask(directory, BURST - 1)

        assert directory.bulk(*removals).status == 200
        assert directory.bulk(*removals).status == 429

    def test_one_that_is_not_understood_counts_once(
        self, directory: Directory, clock: Clock
    ) -> None:
        broken = [{"method": "GET"}] * 15

        assert directory.bulk(*broken).status == 400
        assert set(ask(directory, BURST - 1)) == {200}


class TestWithoutACache:
    @pytest.mark.usefixtures("dead_cache")
    def test_requests_go_on(self, directory: Directory, clock: Clock) -> None:
        assert set(ask(directory, BURST * 2)) == {200}

    @pytest.mark.usefixtures("dead_cache")
    def test_it_is_said_once_in_a_while(
        self, directory: Directory, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level("WARNING", "scim_provisioning"):
            ask(directory, 5)

        assert [record.levelname for record in caplog.records] == ["WARNING"]

    def test_it_is_asked_again_after_a_rest(
        self, directory: Directory, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(counters, "_rests_until", 0.0)
        with patch("scim_provisioning.counters.cache.incr", side_effect=TimeoutError):
            ask(directory, 1)
        resting = ask(directory, BURST)

        monkeypatch.setattr(counters, "monotonic", lambda: counters._rests_until)

        assert set(resting) == {200}
        assert ask(directory, BURST + 1) == [200] * BURST + [429]


class TestWhatTheOwnerSees:
    def test_a_flood_is_one_row_a_minute(self, directory: Directory, clock: Clock) -> None:
        refused(directory)
        ask(directory, 4)
        rejections.write_noted()

        row = JournalEntry.objects.get(connection=directory.connection)
        assert (row.operation, row.status, row.count) == ("limit", 429, 5)

    def test_the_first_is_there_at_once(self, directory: Directory, clock: Clock) -> None:
        refused(directory)

        assert JournalEntry.objects.get(connection=directory.connection).count == 1

    def test_a_minute_later_what_was_noted_is_stored(
        self, directory: Directory, clock: Clock
    ) -> None:
        refused(directory)
        ask(directory, 4)
        clock.forward(60)
        refused(directory)

        rows = JournalEntry.objects.filter(connection=directory.connection)
        assert list(rows.order_by("id").values_list("count", flat=True)) == [5, 1]

    def test_each_costs_one_statement_to_know_who_asks(
        self, directory: Directory, clock: Clock
    ) -> None:
        refused(directory)

        with statements() as executed:
            answers = ask(directory, 3, path="/Users")

        assert answers == [429] * 3
        assert len(executed) == 3

    def test_they_are_requests_of_the_day(self, directory: Directory, clock: Clock) -> None:
        before = usage.requests_today(directory.connection)

        refused(directory)

        assert usage.requests_today(directory.connection) == before + BURST + 1
