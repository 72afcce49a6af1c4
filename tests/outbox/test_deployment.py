"""What a deployment runs: the beat's tasks exist, and no broker hands a task out too early."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scim_provisioning import tasks
from scim_provisioning.outbox.nudges import DELIVER_EVENTS
from settings import celery_app
from workspace.tasks import mail_invitations

ROOT = Path(__file__).parents[2]
SECRETS = {
    "SECRET_KEY": "x",
    "ALLOWED_HOSTS": "example.com",
    "DATABASE_URL": "postgres://db.example/x",
    "BASE_URL": "https://example.com",
}


def test_the_beat_starts_tasks_that_exist() -> None:
    started = {entry["task"] for entry in celery_app.conf.beat_schedule.values()}

    assert started == {tasks.sweep.name, tasks.keep_house.name, mail_invitations.name}
    assert started <= celery_app.tasks.keys()


def test_a_nudge_names_the_task_that_delivers() -> None:
    assert tasks.deliver_events.name == DELIVER_EVENTS
    assert tasks.deliver_events.acks_late
    assert tasks.deliver_events.reject_on_worker_lost


@pytest.mark.parametrize("url", ["redis://broker.example/0", "amqp://broker.example//"])
def test_production_gives_a_task_time_before_it_is_handed_out_again(url: str) -> None:
    code = (
        "from django.conf import settings as s;"
        "print(s.CELERY_BROKER_TRANSPORT_OPTIONS['visibility_timeout'], s.CELERY_ACCEPT_CONTENT,"
        " s.SCIM_PROVISIONING['BROKER_URL'])"
    )
    environment = {
        **os.environ,
        **SECRETS,
        "CELERY_BROKER_URL": url,
        "DJANGO_SETTINGS_MODULE": "settings.production",
    }

    printed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True
    ).stdout.decode()

    seconds, rest = printed.split(" ", 1)
    assert int(seconds) > tasks.TIME_LIMIT
    assert rest.strip() == f"['json'] {url}"
