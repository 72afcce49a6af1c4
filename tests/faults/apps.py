"""A host's app that holds its processes at the five points, and has one effect.

Must not be installed but under test. It hooks in where any host could.
"""

from __future__ import annotations

import os
from pathlib import Path

from celery.signals import after_task_publish
from django.apps import AppConfig
from django.db import transaction

from tests.faults.ledger import Ledger
from tests.faults.points import FOLDER_VARIABLE, Point, Points

LEDGER = "ledger.txt"


class FaultsConfig(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from scim_provisioning.models import Event
        from scim_provisioning.outbox import EventName, event_recorded, handles
        from scim_provisioning.outbox.nudges import DELIVER_EVENTS

        folder = Path(os.environ[FOLDER_VARIABLE])
        points = Points(folder)
        ledger = Ledger(folder / LEDGER)

        def hold_request(event: Event, **_: object) -> None:
            # Registered before the nudge is, so run before it.
            transaction.on_commit(lambda: points.reach(Point.AFTER_COMMIT))
            points.reach(Point.BEFORE_COMMIT)

        def hold_publisher(**_: object) -> None:
            points.reach(Point.AFTER_NUDGE)

        def write_ledger(event: Event) -> None:
            points.reach(Point.MID_HANDLER)
            ledger.write(event.payload["scim_id"])
            points.reach(Point.AFTER_EFFECT)

        event_recorded.connect(hold_request, weak=False)
        after_task_publish.connect(hold_publisher, sender=DELIVER_EVENTS, weak=False)
        handles(EventName.MEMBER_PROVISIONED, label="write_ledger")(write_ledger)
