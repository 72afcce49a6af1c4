"""Settings of a Celery worker beside the tests: their database, the broker of the environment.

Must not know what the worker is to do.
"""

from __future__ import annotations

import os

from settings.test import *  # noqa: F403
from settings.test import DATABASES

DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE_NAME"]
