"""What a new database connection costs the database; must not know who connects."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

import psycopg

from benchmarks import processes
from settings.databases import postgresql

_TIMES = 40
_STATEMENT = """
SELECT * FROM scim_provisioning_userlink AS link
JOIN workspace_member AS member ON member.id = link.member_id
JOIN workspace_user AS account ON account.id = member.user_id
WHERE link.workspace_id = 1 AND link.scim_id = md5('user 1')::uuid
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Processor seconds of a backend: until its first answer, for the same once more, and bytes."""

    first: float
    again: float
    resident: float


def measure(url: str) -> Opening | None:
    """Open connections one after the other; None where the backends can't be seen."""
    found = [each for _ in range(_TIMES) if (each := _open(url))]
    if not found:
        return None
    first, again, resident = (median(each) for each in zip(*found, strict=True))
    return Opening(first=first, again=again, resident=resident)


def _open(url: str) -> tuple[float, float, float] | None:
    options = postgresql(url)["OPTIONS"]["options"]
    with psycopg.connect(url, options=options, autocommit=True) as connection:
        connection.prepare_threshold = None  # as Django has it
        pid = connection.info.backend_pid
        if not processes.is_visible(pid):
            return None
        connection.execute(_STATEMENT)
        first = processes.cpu_seconds([pid])
        connection.execute(_STATEMENT)
        again = processes.cpu_seconds([pid]) - first
        return first, again, float(processes.resident_bytes([pid]))
