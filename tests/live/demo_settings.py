"""Settings of `make demo`, in a folder that the test names; must not differ otherwise."""

from __future__ import annotations

import os
from pathlib import Path

from settings.databases import sqlite
from settings.demo import *  # noqa: F403

DATABASES = {"default": sqlite(Path(os.environ["DEMO_FOLDER"]) / "db.sqlite3")}
