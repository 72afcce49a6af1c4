"""Many people at once, whom the product knew before any directory did.

Must not know what a test does with them.
"""

from __future__ import annotations

from tests import people
from workspace import signals
from workspace.models import Group, Member
from workspace.services import groups


def employed(acme: people.Acme, size: int) -> list[int]:
    """Make so many members without accounts of their own; return their keys."""
    members = Member.objects.bulk_create(
        Member(
            workspace=acme.workspace,
            name=f"Person {number}",
            email=f"person{number}@acme.example",
            email_key=f"person{number}@acme.example",
            status=Member.Status.PENDING,
        )
        for number in range(size)
    )
    keys = [member.pk for member in members]
    signals.announce_members(acme.workspace.pk, keys)
    return keys


def crowded(acme: people.Acme, group: Group, size: int) -> None:
    """Let so many new people join a group."""
    groups.add_members(group=group, member_ids=employed(acme, size))
