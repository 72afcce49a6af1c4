"""A process that asks the throttle over and over, and prints how often it was let in.

Arguments: the cache's URL, a connection's id, the moment as a timestamp, how many times. Must not
know who else asks.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from unittest.mock import patch
from uuid import UUID

import django
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from settings.caches import cache

LIMIT = {"RATE_LIMIT_PER_SECOND": 10, "RATE_LIMIT_BURST": 200}


def main(url: str, public_id: str, moment: str, times: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings.test"
    django.setup()
    now = datetime.fromtimestamp(float(moment), UTC)
    limited = {**settings.SCIM_PROVISIONING, **LIMIT}
    with (
        override_settings(CACHES={"default": cache(url)}, SCIM_PROVISIONING=limited),
        patch.object(timezone, "now", return_value=now),
    ):
        print(ask(public_id, int(times)))


def ask(public_id: str, times: int) -> int:
    """Count how often the connection is let in."""
    from scim_provisioning.api.throttling import Limit, held_up  # needs Django to be set up
    from scim_provisioning.models import Connection

    connection, limit = Connection(public_id=UUID(public_id)), Limit.configured()
    assert limit is not None
    return [held_up(connection, limit) for _ in range(times)].count(None)


if __name__ == "__main__":
    main(*sys.argv[1:])
