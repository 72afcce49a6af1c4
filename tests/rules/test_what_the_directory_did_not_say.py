"""A directory is taken at its word: what it did not say changes nobody's access."""

from __future__ import annotations

from tests import people
from tests.api.client import Directory, operation
from workspace.models import Member
from workspace.services import members, members_by_hand


def test_a_new_title_does_not_say_that_a_blocked_person_is_unwanted(
    acme: people.Acme, directory: Directory
) -> None:
    members_by_hand.block_member(member=acme.ben, by=acme.olivia)
    ben = directory.user_id(acme.ben.email)

    directory.patch(f"/Users/{ben}", operation("replace", "title", "Engineer"))
    members_by_hand.unblock_member(member=acme.ben, by=acme.olivia)

    acme.ben.refresh_from_db()
    assert (acme.ben.status, acme.ben.suspended_at) == (Member.Status.ACTIVE, None)


def test_an_address_that_somebody_else_has_by_now_does_not_keep_access_open(
    acme: people.Acme, directory: Directory
) -> None:
    address = "zed@acme.example"
    zed = directory.create_user(address, emails=[{"value": address}])["id"]
    member = Member.objects.get(email=address)
    members.update_member(member=member, email="moved@acme.example")
    members.update_member(member=acme.mia, email=address)

    answer = directory.patch(f"/Users/{zed}", operation("replace", "active", False))

    member.refresh_from_db()
    assert (answer.status, member.status) == (200, Member.Status.INACTIVE)
