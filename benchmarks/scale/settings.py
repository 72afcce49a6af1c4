"""The settings of the benchmark, with a choice of how long database connections last.

Must not differ in anything else.
"""

from __future__ import annotations

import os

from benchmarks.project.settings import *  # noqa: F403
from benchmarks.scale.settings_choices import CHOICES, POOL, VARIABLE

_choice = os.environ.get(VARIABLE, "lasting")
_database = DATABASES["default"]  # noqa: F405
_database.update(CHOICES[_choice])
if _choice == "pool":
    _database["OPTIONS"]["pool"] = POOL
