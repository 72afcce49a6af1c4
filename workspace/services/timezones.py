"""Who decides a person's timezone: the directory, until the person does.

Must not know how a directory speaks.
"""

from __future__ import annotations

from workspace import signals
from workspace.models import Member
from workspace.services import guards
from workspace.services.transactions import service
from workspace.timezones import clean_timezone


@service
def set_timezone(*, member: Member, timezone: str) -> None:
    """Take the person's own choice; raise TimezoneUnknown."""
    zone = clean_timezone(timezone)
    guards.lock_member(member)
    _write(member, timezone=zone, source=Member.TimezoneSource.PERSON)


@service
def release_timezone(*, member: Member) -> None:
    """Hand the timezone back to the directory; what it said last applies at once."""
    guards.lock_member(member)
    zone = member.directory_timezone or member.timezone
    _write(member, timezone=zone, source=Member.TimezoneSource.DIRECTORY)


def _write(member: Member, *, timezone: str, source: Member.TimezoneSource) -> None:
    member.timezone = timezone
    member.timezone_set_by = source
    member.save(update_fields=["timezone", "timezone_set_by"])
    signals.announce_members(member.workspace_id, [member.pk])
