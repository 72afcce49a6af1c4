"""A real worker over a real broker: what a request records, another process does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.db import connection as database
from pytest_django import Settings

from scim_provisioning.models import Delivery, Event
from scim_provisioning.outbox import nudges
from scim_provisioning.outbox.nudges import Publisher
from settings import celery_app
from tests import people
from tests.api.client import connect, operation
from tests.conftest import missing
from workspace import selectors
from workspace.services.timers import start_timer

ROOT = Path(__file__).parents[2]
BROKERS = {
    "Redis": ("TEST_REDIS_URL", "redis://127.0.0.1:6379/13"),
    "RabbitMQ": ("TEST_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672//"),
}
QUEUE = celery_app.conf.task_default_queue


@pytest.fixture(params=BROKERS)
def broker_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A broker that answers, with a queue of this test run's own."""
    variable, usual = BROKERS[request.param]
    url = os.environ.get(variable, usual)
    with celery_app.connection_for_write(url=url, connect_timeout=1) as broker:
        try:
            broker.ensure_connection(max_retries=1, timeout=1)
        except broker.recoverable_connection_errors:
            missing(f"No {request.param} answers")
        yield url
        with suppress(Exception), closing(broker.channel()) as channel:
            channel.queue_delete(QUEUE)


@pytest.fixture
def worker(transactional_db: None, broker_url: str, tmp_path: Path) -> Iterator[Path]:
    """A Celery worker on the tests' database; gives its log."""
    log = tmp_path / "worker.log"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.outbox.worker_settings",
        "WORKER_DATABASE_NAME": str(database.settings_dict["NAME"]),
        "CELERY_BROKER_URL": broker_url,
    }
    command = "-m celery --app settings worker --pool solo --without-gossip --without-mingle"
    arguments = ["--queues", QUEUE, "--hostname", f"{QUEUE}@%h", "--loglevel", "INFO"]
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, *command.split(), *arguments],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        yield log
        process.terminate()


def test_a_worker_does_what_a_request_has_recorded(
    worker: Path, broker_url: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SCIM_PROVISIONING = {**settings.SCIM_PROVISIONING, "BROKER_URL": broker_url}
    monkeypatch.setattr(nudges, "_publisher", Publisher())
    acme = people.acme()
    directory = connect(acme.workspace)
    start_timer(member=acme.ben)
    ben = directory.user_id("ben@acme.example")

    answer = directory.patch(f"/Users/{ben}", operation("replace", "active", False))

    event = Event.objects.get(name="member.deactivated")
    wait_until_done(event, worker)
    assert answer.status == 200
    assert selectors.running_timer(acme.ben) is None
    states = set(event.deliveries.values_list("state", "attempts"))
    assert states == {(Delivery.State.DONE, 1)}


def wait_until_done(event: Event, log: Path, seconds: float = 30) -> None:
    end = monotonic() + seconds
    while event.done_at is None:
        assert monotonic() < end, log.read_text()
        sleep(0.05)
        event.refresh_from_db()
