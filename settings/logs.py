"""Where log lines go, and in which form; must not hold a line's content."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any


def console(level: str, *, structured: bool = False) -> dict[str, Any]:
    """Return a LOGGING that writes everything from this level up to standard error.

    Structured, each line is one JSON object. Either way it names the request it belongs to.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"correlation": {"()": "scim_provisioning.correlation.CorrelationFilter"}},
        "formatters": {
            "line": {
                "format": "{asctime} {levelname} {name} [{correlation_id}]: {message}",
                "style": "{",
            },
            "json": {"()": "settings.logs.JsonFormatter"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json" if structured else "line",
                "filters": ["correlation"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
    }


class JsonFormatter(logging.Formatter):
    """Writes one JSON object a line, for whatever collects them."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "correlation_id": getattr(record, "correlation_id", ""),
            "caller_id": getattr(record, "caller_id", ""),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
