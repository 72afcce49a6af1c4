"""Five points between commit and done, where a process can be made to wait for its fate.

A point that is armed holds the first who reaches it, whatever process that is. All is in files of
one folder. Must not know what befalls who waits.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.faults.processes import wait_until

FOLDER_VARIABLE = "FAULTS_FOLDER"
_LONGEST_SECONDS = 25.0
"""Below the 30 seconds after which PostgreSQL ends an idle transaction."""


class Point(StrEnum):
    BEFORE_COMMIT = "before-commit"
    AFTER_COMMIT = "after-commit-before-nudge"
    AFTER_NUDGE = "after-nudge"
    MID_HANDLER = "mid-handler"
    AFTER_EFFECT = "after-effect-before-done"


@dataclass(frozen=True, slots=True)
class Points:
    folder: Path

    def arm(self, point: Point) -> None:
        self._released.unlink(missing_ok=True)
        self._armed(point).touch()

    def wait_until_reached(self, point: Point) -> None:
        wait_until(self._reached(point).exists, what=f"somebody at {point}", seconds=20)

    def release(self) -> None:
        """Let everybody go on, and nobody be held any more."""
        self._released.touch()
        for point in Point:
            self._armed(point).unlink(missing_ok=True)
            self._reached(point).unlink(missing_ok=True)

    def reach(self, point: Point) -> None:
        """Wait here, if somebody is to be held."""
        try:
            self._armed(point).rename(self._reached(point))
        except FileNotFoundError:
            return
        end = time.monotonic() + _LONGEST_SECONDS
        while not self._released.exists() and time.monotonic() < end:
            time.sleep(0.02)

    @property
    def _released(self) -> Path:
        return self.folder / "released"

    def _armed(self, point: Point) -> Path:
        return self.folder / f"{point}.armed"

    def _reached(self, point: Point) -> Path:
        return self.folder / f"{point}.reached"
