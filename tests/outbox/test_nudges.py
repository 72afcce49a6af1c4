"""The nudge after the commit: it delivers soon, and whatever the broker does, it harms nobody."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from scim_provisioning.models import Delivery, Event
from scim_provisioning.outbox import EventName, nudges
from scim_provisioning.outbox.events import about_connection
from scim_provisioning.outbox.nudges import Publisher
from scim_provisioning.outbox.recording import record
from tests import people
from tests.api.client import Directory, connect
from tests.outbox.happening import handler

UPDATED = EventName.MEMBER_UPDATED
GENEROUS = 0.5
"""Seconds; a busy machine needs some, a request that waits for the broker needs more."""


@pytest.fixture
def directory(transactional_db: None, no_handlers: None) -> Directory:
    return connect(people.acme().workspace)


@pytest.fixture
def hanging_port() -> Iterator[int]:
    """A server that takes connections and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=50)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    """A port where nobody listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


@pytest.fixture(autouse=True)
def publisher(monkeypatch: pytest.MonkeyPatch) -> Publisher:
    publisher = Publisher()
    monkeypatch.setattr(nudges, "_publisher", publisher)
    return publisher


def use_broker(settings: Settings, url: str) -> None:
    settings.SCIM_PROVISIONING = {**settings.SCIM_PROVISIONING, "BROKER_URL": url}


def seconds_of_a_change(directory: Directory) -> float:
    started = monotonic()
    with transaction.atomic():
        record(directory.connection, [UPDATED], about_connection())
    return monotonic() - started


class TestWithoutABroker:
    def test_the_process_delivers_after_the_commit(self, directory: Directory) -> None:
        handled: list[str] = []
        handler("noting", EventName.MEMBER_PROVISIONED, then=lambda: handled.append("now"))

        directory.create_user("nia@acme.example")

        assert handled == ["now"]
        assert Event.objects.get(name="member.provisioned").done_at is not None

    def test_nothing_is_delivered_before_the_commit(self, directory: Directory) -> None:
        notes = handler("noting", UPDATED)

        with transaction.atomic():
            record(directory.connection, [UPDATED], about_connection())
            assert notes == []
            transaction.set_rollback(True)

        assert notes == []

    def test_a_failure_is_recorded_and_not_raised(self, directory: Directory) -> None:
        def breaks() -> None:
            raise RuntimeError

        handler("broken", EventName.MEMBER_PROVISIONED, then=breaks)

        answer = directory.post("/Users", {"userName": "nia@acme.example"})

        assert answer.status == 201
        assert Delivery.objects.get().error.startswith("RuntimeError")

    def test_a_database_that_goes_away_after_the_commit_fails_nobody(
        self, directory: Directory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone(event_id: int) -> None:
            raise ConnectionError

        handler("any", EventName.MEMBER_PROVISIONED)
        monkeypatch.setattr(nudges, "deliver", gone)

        answer = directory.post("/Users", {"userName": "nia@acme.example"})

        assert answer.status == 201
        assert Event.objects.get(name="member.provisioned").done_at is None


def test_what_waits_for_a_slow_broker_goes_along_in_few_messages(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[list[int]] = []
    is_free = threading.Event()

    def publish(event_ids: list[int], connection: object) -> object:
        is_free.wait(GENEROUS)
        sent.append(event_ids)
        return "connection"

    monkeypatch.setattr(nudges, "_publish", publish)

    for event_id in range(50):
        publisher.send(event_id)
    is_free.set()
    wait_until(lambda: sum(map(len, sent)) == 50)

    assert [each for event_ids in sent for each in event_ids] == list(range(50))
    assert len(sent) <= 4


class TestBadBrokers:
    @pytest.mark.parametrize("scheme", ["redis", "amqp"])
    def test_one_that_hangs_holds_no_change(
        self, directory: Directory, settings: Settings, hanging_port: int, scheme: str
    ) -> None:
        handler("any", UPDATED)
        use_broker(settings, f"{scheme}://127.0.0.1:{hanging_port}")
        seconds_of_a_change(directory)  # imports the transport

        slowest = max(seconds_of_a_change(directory) for _ in range(20))

        assert slowest < GENEROUS
        assert Event.objects.filter(done_at=None, name=UPDATED).count() == 21

    @pytest.mark.parametrize("scheme", ["redis", "amqp"])
    def test_one_that_is_down_holds_no_change(
        self, directory: Directory, settings: Settings, free_port: int, scheme: str
    ) -> None:
        handler("any", UPDATED)
        use_broker(settings, f"{scheme}://127.0.0.1:{free_port}")

        slowest = max(seconds_of_a_change(directory) for _ in range(20))

        assert slowest < GENEROUS

    def test_a_request_is_answered_as_ever(
        self, directory: Directory, settings: Settings, hanging_port: int
    ) -> None:
        handler("any", EventName.MEMBER_PROVISIONED)
        use_broker(settings, f"redis://127.0.0.1:{hanging_port}")

        answer = directory.post("/Users", {"userName": "nia@acme.example"})

        assert answer.status == 201

    def test_a_url_that_is_none_holds_no_change(
        self, directory: Directory, settings: Settings
    ) -> None:
        handler("any", UPDATED)
        use_broker(settings, "no-such-broker://")

        assert seconds_of_a_change(directory) < GENEROUS


class TestPublisher:
    def test_after_a_failure_it_rests(
        self, publisher: Publisher, settings: Settings, free_port: int
    ) -> None:
        use_broker(settings, f"redis://127.0.0.1:{free_port}")

        publisher.send(1)
        wait_until(lambda: publisher._rests_until > 0)
        publisher.send(2)

        assert publisher._waiting.empty()

    def test_more_than_it_can_keep_is_left_to_the_sweep(
        self, publisher: Publisher, settings: Settings, hanging_port: int
    ) -> None:
        use_broker(settings, f"redis://127.0.0.1:{hanging_port}")

        started = monotonic()
        for number in range(2000):
            publisher.send(number)

        assert monotonic() - started < GENEROUS
        assert publisher._waiting.qsize() <= 1000

    @pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
    def test_a_forked_child_has_one_of_its_own(
        self, publisher: Publisher, settings: Settings, free_port: int
    ) -> None:
        use_broker(settings, f"redis://127.0.0.1:{free_port}")
        publisher.send(1)

        child = os.fork()
        if child == 0:
            os._exit(0 if nudges._publisher is not publisher else 1)

        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def wait_until(is_so: Any, seconds: float = 10) -> None:
    end = monotonic() + seconds
    while not is_so():
        assert monotonic() < end, "It never came."
        sleep(0.01)
