"""Say what a run ran on; must not know what was measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit


def processors() -> str:
    return f"{os.cpu_count()} processors ({_processor()}), {platform.system()}"


def versions(packages: Sequence[str], *, database: str, broker_url: str) -> str:
    found = [
        f"Python {platform.python_version()}",
        f"PostgreSQL {database.split()[0]}",
        *(f"{name} {version(name)}" for name in packages),
        f"events go to {urlsplit(broker_url).scheme or 'no broker: handled in the process'}",
    ]
    return ", ".join(found)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
