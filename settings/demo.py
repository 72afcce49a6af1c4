"""Settings of `make demo`: one process, one file; must not be used on a network."""

from __future__ import annotations

from settings.base import *  # noqa: F403
from settings.base import BASE_DIR
from settings.databases import sqlite
from settings.logs import console

DEBUG = False
LOGGING = console("ERROR")
DATABASES = {"default": sqlite(BASE_DIR / ".demo" / "db.sqlite3")}
# The demo makes its people anew at each start: their passwords protect nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A file each: the terminal is for the demo's own words.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = BASE_DIR / ".demo" / "mail"
# Static files come from where they are written: nothing has to be collected first.
STATIC_ROOT = None  # type: ignore[assignment]  # nothing is collected for the demo
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
