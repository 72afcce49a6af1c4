"""Whether a directory is at work, at a glance.

Must not know how the page says it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Q, Sum
from django.utils import timezone

from scim_provisioning import usage
from scim_provisioning.console.providers import provider
from scim_provisioning.credentials import USE_RECORDED_EVERY
from scim_provisioning.journal import AUTHENTICATE, NOT_ASKED, Decision
from scim_provisioning.models import Connection, JournalEntry

_JUST_NOW = timedelta(minutes=1)
_SILENT_AFTER = timedelta(days=7)
_LAST_REQUESTS = 20
_FEWEST_REFUSALS = 3
_FIRST_REFUSED_STATUS = 400


class Condition(StrEnum):
    NEVER_USED = "never-used"
    HEALTHY = "healthy"
    SILENT = "silent"
    """No request for a week."""
    REFUSED = "refused"
    """Most of the last changes were refused."""
    REJECTED = "rejected"
    """The last thing that came brought a credential that is not valid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What the directory has done so far."""

    condition: Condition
    last_request_at: datetime | None
    was_just_now: bool
    provider: str
    """Whose request that was; "" if it is not known."""
    requests_today: int
    """Reads too; never fewer than what was changed and refused."""
    changes_today: int
    refused_today: int
    people: int
    groups: int


def examine(connection: Connection, now: datetime) -> Health:
    """Look at the last requests; as many queries for a busy directory as for a silent one."""
    written = list(
        connection.journal.exclude(operation__in=NOT_ASKED).order_by("-id")[:_LAST_REQUESTS]
    )
    used = connection.tokens.exclude(last_used_at=None).order_by("-last_used_at").first()
    rejected = connection.journal.filter(operation=AUTHENTICATE).order_by("-id").first()
    signs = [(entry.occurred_at, entry.user_agent) for entry in written[:1]]
    if used is not None and used.last_used_at is not None:
        signs.append((used.last_used_at, used.last_used_by))
    at, user_agent = max(signs, default=(None, ""))
    done, refused = _today(connection)
    return Health(
        condition=_condition(written, at, rejected, now),
        last_request_at=at,
        was_just_now=at is not None and now - at < _JUST_NOW,
        provider=provider(user_agent),
        requests_today=max(usage.requests_today(connection), done + refused),
        changes_today=done,
        refused_today=refused,
        people=connection.user_links.filter(managed_since__isnull=False, deleted_at=None).count(),
        groups=connection.group_links.filter(managed_since__isnull=False, deleted_at=None).count(),
    )


def _condition(
    written: Sequence[JournalEntry],
    last_request_at: datetime | None,
    rejected: JournalEntry | None,
    now: datetime,
) -> Condition:
    # The use of a token is recorded every few minutes only: a rejection just after it may be older
    # than a request that was let in.
    if rejected is not None and (
        last_request_at is None or rejected.occurred_at - last_request_at > USE_RECORDED_EVERY
    ):
        return Condition.REJECTED
    if last_request_at is None:
        return Condition.NEVER_USED
    refusals = sum(entry.status >= _FIRST_REFUSED_STATUS for entry in written)
    if refusals >= _FEWEST_REFUSALS and refusals * 2 > len(written):
        return Condition.REFUSED
    return Condition.SILENT if now - last_request_at > _SILENT_AFTER else Condition.HEALTHY


def _today(connection: Connection) -> tuple[int, int]:
    """Count changes and refusals since midnight where the owner is."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    asked = connection.journal.exclude(operation__in=list(Decision))
    counts = asked.filter(occurred_at__gte=midnight).aggregate(
        done=Sum("count", filter=Q(status__lt=_FIRST_REFUSED_STATUS)),
        refused=Sum("count", filter=Q(status__gte=_FIRST_REFUSED_STATUS)),
    )
    return counts["done"] or 0, counts["refused"] or 0
