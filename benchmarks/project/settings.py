"""The settings of production, but for the mail; must not differ where it costs."""

from __future__ import annotations

import os

from benchmarks.brokers import QUEUE
from benchmarks.database_settings import connection
from settings.production import *  # noqa: F403

# One directory asks as fast as it can: counted as in production, and never held up.
SCIM_PROVISIONING = {
    **SCIM_PROVISIONING,  # noqa: F405
    "RATE_LIMIT_PER_SECOND": 1_000_000,
    "RATE_LIMIT_BURST": 10_000_000,
}
DATABASES = {"default": connection(os.environ["DATABASE_URL"])}
SECURE_SSL_REDIRECT = False
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DATA_UPLOAD_MAX_MEMORY_SIZE = None
CELERY_TASK_DEFAULT_QUEUE = QUEUE
