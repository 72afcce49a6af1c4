"""Do the daily housekeeping from the command line: expiry notices, digests, purges.

Must not know how: it calls what the beat task calls.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from scim_provisioning.outbox.housekeeping import keep_house


class Command(BaseCommand):
    help = "Announce tokens that expire and changes that were refused; purge what is past keeping."

    def handle(self, *args: Any, **options: Any) -> None:
        keep_house()
