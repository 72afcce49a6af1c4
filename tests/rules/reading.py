"""What a test reads back: rows as they are stored now, and the journal's last word.

Must not know what a test expects.
"""

from __future__ import annotations

from django.db.models import Model

from scim_provisioning.models import GroupLink, JournalEntry
from tests.api.client import Directory
from workspace.models import Member


def stored(member: Member) -> Member:
    return Member.objects.select_related("user").get(pk=member.pk)


def member_with(email: str) -> Member:
    return Member.objects.select_related("user").get(email=email)


def last_entry(directory: Directory) -> JournalEntry:
    return JournalEntry.objects.filter(connection=directory.connection).latest("id")


def last_notes(directory: Directory) -> str:
    """Return the notes of the newest journal entry, one a line."""
    return "\n".join(last_entry(directory).notes)


def group_link(directory: Directory, scim_id: str) -> GroupLink:
    return GroupLink.objects.get(connection_id=directory.connection.pk, scim_id=scim_id)


def count(*models: type[Model]) -> list[int]:
    return [model._default_manager.count() for model in models]
