"""Celery tasks, where Celery looks for them; arguments are ids.

Must not hold what they do. A host's beat runs `sweep` every few seconds, `keep_house` every day.
"""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from scim_provisioning.outbox import delivery, housekeeping
from scim_provisioning.outbox.nudges import DELIVER_EVENTS

TIME_LIMIT = 300
"""Seconds; well below the visibility_timeout after which Redis hands a task out again."""
_SWEEP_SECONDS = 120


@shared_task(  # type: ignore[untyped-decorator]  # Celery publishes no types
    name=DELIVER_EVENTS,
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
    time_limit=TIME_LIMIT,
)
def deliver_events(event_ids: list[int]) -> None:
    for event_id in event_ids:
        delivery.deliver(event_id)


@shared_task(  # type: ignore[untyped-decorator]  # Celery publishes no types
    name="scim_provisioning.sweep", ignore_result=True, time_limit=TIME_LIMIT
)
def sweep() -> None:
    delivery.sweep(until=timezone.now() + timedelta(seconds=_SWEEP_SECONDS))


@shared_task(  # type: ignore[untyped-decorator]  # Celery publishes no types
    name="scim_provisioning.keep_house", ignore_result=True, time_limit=TIME_LIMIT
)
def keep_house() -> None:
    housekeeping.keep_house()
