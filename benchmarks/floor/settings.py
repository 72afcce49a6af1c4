"""This project's settings with other addresses; must not differ in anything else."""

from __future__ import annotations

from benchmarks.project.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.floor.urls"
