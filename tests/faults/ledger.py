"""The world outside that an effect changes: a file with one line for each time it was done.

Must not know who writes, nor why twice.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ledger:
    path: Path

    def write(self, scim_id: str) -> None:
        """Add a line in one call, which no crash of the process can take back or halve."""
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
            os.write(file, f"{scim_id}\n".encode())
        finally:
            os.close(file)

    def read(self) -> list[str]:
        return self.path.read_text().splitlines() if self.path.exists() else []
