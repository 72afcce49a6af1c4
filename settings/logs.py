"""Where log lines go; must not hold a line's content."""

from __future__ import annotations

from typing import Any


def console(level: str) -> dict[str, Any]:
    """Return a LOGGING that writes everything from this level up to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
    }
