"""Read from /proc what processes have used so far, and end them.

Must not know whose processes they are.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
_NANOSECOND = 1e-9


def with_descendants(pid: int) -> list[int]:
    """List a process and all that it has started and that still run."""
    found = [pid]
    for each in found:
        with suppress(OSError):
            for children in (PROC / str(each) / "task").glob("*/children"):
                found += map(int, children.read_text().split())
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """Add up the time on a processor, in the kernel and outside, of all threads.

    Finer than the ticks of /proc/<pid>/stat: a request may take less than one.
    """
    spent = 0
    for pid in pids:
        for thread in (PROC / str(pid) / "task").glob("*/schedstat"):
            with suppress(OSError):
                spent += int(thread.read_text().split()[0])
    return spent * _NANOSECOND


def resident_bytes(pids: Iterable[int]) -> int:
    """Add up the memory that the processes hold now."""
    return sum(_resident_kilobytes(pid) for pid in pids) * 1024


def kill(pids: Iterable[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def is_visible(pid: int) -> bool:
    """Tell whether a process runs on this machine, where its use can be read."""
    return (PROC / str(pid) / "schedstat").exists()


def _resident_kilobytes(pid: int) -> int:
    with suppress(OSError):
        for line in (PROC / str(pid) / "status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0
