"""What a fault has cost: counted from the answers, the database and the ledger.

Must not know which fault it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from math import ceil

from tests.faults.traffic import Write


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    writes_acknowledged: int
    writes_refused: int
    """With 503: the directory comes again."""
    writes_unanswered: int
    wrong_answers: int
    writes_lost: int
    """Acknowledged, and not in the database."""
    effects_lost: int
    """In the database, and the effect was never done."""
    effects_of_nothing: int
    """Done, and not in the database."""
    duplicates: int
    seconds_to_catch_up: float
    seconds_to_nudges: float
    """Until a nudge alone, without the sweep, delivers again."""
    p99_seconds: float
    """Of the requests that were sent while the fault lasted."""

    def __str__(self) -> str:
        return ", ".join(
            f"{name.replace('_', ' ')} {round(number, 2)}" for name, number in asdict(self).items()
        )


def count(
    writes: Sequence[Write],
    *,
    committed: Collection[str],
    ledger: Sequence[str],
    seconds_to_catch_up: float,
    seconds_to_nudges: float,
    during: Sequence[Write],
) -> Figures:
    statuses = Counter(each.status for each in writes)
    acknowledged = {each.scim_id for each in writes if each.status == 201}
    done = set(ledger)
    return Figures(
        writes_acknowledged=len(acknowledged),
        writes_refused=statuses[503],
        writes_unanswered=statuses[None],
        wrong_answers=len(writes) - statuses[201] - statuses[503] - statuses[None],
        writes_lost=len(acknowledged - set(committed)),
        effects_lost=len(set(committed) - done),
        effects_of_nothing=len(done - set(committed)),
        duplicates=len(ledger) - len(done),
        seconds_to_catch_up=seconds_to_catch_up,
        seconds_to_nudges=seconds_to_nudges,
        p99_seconds=percentile([each.seconds for each in during], 99),
    )


def percentile(numbers: Sequence[float], percent: int) -> float:
    """Give the smallest number that so many percent do not exceed (1-based nearest rank)."""
    return sorted(numbers)[ceil(len(numbers) * percent / 100) - 1]
