"""How much directories ask for, and how many people a processor core carries of it.

A model: its numbers are assumptions, each with a name. Must not know how a cost was measured.
"""

from __future__ import annotations

from dataclasses import dataclass

SECONDS_AN_HOUR = 3600
USED = 0.5
"""The part of a core that may be busy in the busiest hour; the rest is for what is sudden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Churn:
    """What a directory of this kind asks for on a day."""

    name: str
    cycles: float = 0
    """Times that it looks whether the server is there, for each workspace; one request each."""
    changes: float = 0
    """For each person: profile, status, one membership."""
    requests_a_change: float = 2
    """Directories look before they write."""
    reads: float = 0
    """Further requests for each person, as when everybody is compared."""
    busiest_hour: float = 0.2
    """The part of the day's requests that fall into it."""

    def requests(self, *, people: float, workspaces: float) -> float:
        """Count the requests of a day."""
        of_each = self.changes * self.requests_a_change + self.reads
        return people * of_each + workspaces * self.cycles


CHURNS = (
    Churn(name="Okta: changes as they happen", changes=0.05),
    Churn(name="Entra ID: a cycle every 40 minutes", cycles=36, changes=0.05),
    Churn(name="restless: everybody changes once a day", cycles=36, changes=1),
    Churn(name="everybody compared every night", changes=0.05, reads=1, busiest_hour=0.5),
)

FIRST_SYNC_REQUESTS = 3
"""For each person: a look, a POST, a share of the groups."""


def people_a_core(churn: Churn, *, cpu: float, people_a_workspace: float) -> float:
    """Tell how many people a core carries, if a request takes so many seconds of it."""
    requests = churn.requests(people=1, workspaces=1 / people_a_workspace)
    return USED * SECONDS_AN_HOUR / (requests * churn.busiest_hour * cpu)


def first_syncs_an_hour(*, cpu: float) -> float:
    """Tell how many people a core takes in, in an hour of nothing else."""
    return SECONDS_AN_HOUR / (FIRST_SYNC_REQUESTS * cpu)


def kept_bytes(
    churn: Churn, *, entry: float, event: float, entry_days: int, event_days: int
) -> float:
    """Tell what one person's changes take in the journal and the outbox, when they are full."""
    return churn.changes * (entry * entry_days + event * event_days)
