"""How long database connections last; must not know a database."""

from __future__ import annotations

from typing import Any

VARIABLE = "SCALE_CONNECTIONS"

CHOICES: dict[str, dict[str, Any]] = {
    "lasting": {},
    "anew": {"CONN_MAX_AGE": 0},
    # Django's pool takes its connections back after each request.
    "pool": {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False},
}
POOL = {"min_size": 1, "max_size": 4}
