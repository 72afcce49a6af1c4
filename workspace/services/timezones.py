"""Who decides a person's timezone: the directory, until the person does.

Must not know what a directory last said: handed back, the zone stays until it speaks again.
"""

from __future__ import annotations

from django.db import transaction

from workspace import signals
from workspace.models import Member
from workspace.services import guards
from workspace.timezones import clean_timezone


@transaction.atomic
def set_timezone(*, member: Member, timezone: str) -> None:
    """Take the person's own choice; raise TimezoneUnknown."""
    _write(member, timezone=clean_timezone(timezone), source=Member.TimezoneSource.PERSON)


@transaction.atomic
def release_timezone(*, member: Member) -> None:
    """Hand the timezone back to the directory."""
    _write(member, timezone=None, source=Member.TimezoneSource.DIRECTORY)


def _write(member: Member, *, timezone: str | None, source: Member.TimezoneSource) -> None:
    guards.lock_member(member)
    member.timezone = timezone or member.timezone
    member.timezone_set_by = source
    member.save(update_fields=["timezone", "timezone_set_by"])
    signals.announce_members(member.workspace_id, [member.pk])
