"""Settings of the test suite; must not need a service but the database."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from settings.base import *  # noqa: F403
from settings.base import BASE_DIR
from settings.databases import database

DEBUG = False
SECRET_KEY = "test-only"  # noqa: S105

DATABASES = {
    "default": {
        **database(os.environ.get("DATABASE_URL", ""), default=BASE_DIR / "db.sqlite3"),
        # Connections of finished threads must not keep the test database in use.
        "CONN_MAX_AGE": 0,
    }
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file: threads of a live server share it as they would in production; memory cannot.
    DATABASES["default"]["TEST"] = {
        "NAME": Path(tempfile.gettempdir()) / f"test-workspace-{os.getpid()}.sqlite3"
    }

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT = None  # type: ignore[assignment]  # nothing is collected for a test
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# A machine's broker serves several test runs: each has a queue of its own.
CELERY_TASK_DEFAULT_QUEUE = f"test-{os.getpid()}"
