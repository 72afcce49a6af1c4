"""The settings of production, but for the mail; must not differ where it costs."""

from __future__ import annotations

import os

from benchmarks.database_settings import connection
from settings.production import *  # noqa: F403

DATABASES = {"default": connection(os.environ["DATABASE_URL"])}
SECURE_SSL_REDIRECT = False
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DATA_UPLOAD_MAX_MEMORY_SIZE = None
