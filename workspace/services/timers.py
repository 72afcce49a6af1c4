"""Running timers, at most one a person; must not know who asked."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.timezone import now

from workspace import selectors
from workspace.errors import NoTimerRunning, TimerRunning
from workspace.models import Member, TimeEntry
from workspace.names import fitting
from workspace.services.transactions import service

DESCRIPTION_LENGTH = 500


@service
def start_timer(*, member: Member, description: str = "") -> TimeEntry:
    """Start tracking; raise TimerRunning or TextTooLong."""
    description = fitting(description, limit=DESCRIPTION_LENGTH, field="description")
    try:
        with transaction.atomic():
            return TimeEntry.objects.create(
                workspace_id=member.workspace_id, member=member, description=description
            )
    except IntegrityError as error:
        raise TimerRunning from error


@service
def stop_timer(*, member: Member) -> TimeEntry:
    """Stop tracking; raise NoTimerRunning."""
    entry = selectors.running_timer(member)
    if entry is None:
        raise NoTimerRunning
    entry.stopped_at = now()
    entry.save(update_fields=["stopped_at"])
    return entry


@service
def stop_timers(*, member_id: int) -> int:
    """Stop whatever runs for a member; return how many. Safe to repeat."""
    return TimeEntry.objects.filter(member_id=member_id, stopped_at__isnull=True).update(
        stopped_at=now()
    )
