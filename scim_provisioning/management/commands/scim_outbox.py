"""Deliver, list and replay events from the command line.

Must not know how: it calls what the workers call.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections

from scim_provisioning.models import Delivery, Event
from scim_provisioning.outbox.delivery import deliver, replay, sweep

logger = logging.getLogger("scim_provisioning")


class Command(BaseCommand):
    help = "Deliver the events that are due; nothing is lost without a broker."

    def add_arguments(self, parser: CommandParser) -> None:
        action = parser.add_mutually_exclusive_group()
        action.add_argument("--once", action="store_true", help="deliver what is due (default)")
        action.add_argument("--loop", action="store_true", help="go on until stopped")
        action.add_argument("--failed", action="store_true", help="list what fails or is parked")
        action.add_argument("--replay", metavar="ID", type=int, help="take a parked event up again")
        parser.add_argument("--seconds", type=float, default=5, help="between two sweeps of --loop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["failed"]:
            self._list_failed()
        elif options["replay"] is not None:
            self._replay(options["replay"])
        elif options["loop"]:
            _loop(options["seconds"])
        else:
            self.stdout.write(f"Events delivered: {sweep()}")

    def _list_failed(self) -> None:
        failed = Delivery.objects.exclude(error="").exclude(state=Delivery.State.DONE)
        for each in failed.select_related("event").order_by("event_id", "pk"):
            self.stdout.write(
                f"{each.event_id}  {each.event}  {each.handler}  {each.state}  "
                f"attempts: {each.attempts}  {each.error}"
            )

    def _replay(self, event_id: int) -> None:
        event = Event.objects.filter(pk=event_id).exclude(parked_at=None).first()
        if event is None:
            raise CommandError(f"There is no parked event {event_id}.")
        replay(event)
        deliver(event_id)
        event.refresh_from_db()
        self.stdout.write("Done." if event.done_at else "Not done yet; see --failed.")


def _loop(seconds: float) -> None:
    while True:
        close_old_connections()
        try:
            sweep()
        except (OperationalError, InterfaceError) as problem:
            logger.warning("The database does not answer: %s", type(problem).__name__)
        time.sleep(seconds)
