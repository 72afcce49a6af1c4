"""The last active owner stays, whatever the directory asks for, and is told why."""

from __future__ import annotations

import pytest

from tests import people
from tests.api.client import Directory, operation
from tests.rules.access import SEAMS, Seam
from tests.rules.reading import last_entry, stored
from workspace.models import Member
from workspace.services import members_by_hand

REASON = (
    "This person is the workspace's last active owner and can't be deactivated or deleted. "
    "Make somebody else an owner of the workspace first."
)
every_seam = pytest.mark.parametrize("cut", SEAMS.values(), ids=SEAMS.keys())


def cut_off(directory: Directory, member: Member, cut: Seam) -> tuple[int, str]:
    answer = cut(directory, directory.user_id(member.email), member.email)
    return answer.status, (answer.body or {}).get("detail", "")


@every_seam
def test_every_seam_is_refused_in_words_for_an_administrator(
    directory: Directory, acme: people.Acme, cut: Seam
) -> None:
    refusal = cut_off(directory, acme.olivia, cut)

    assert refusal == (403, REASON)
    assert stored(acme.olivia).status == Member.Status.ACTIVE
    assert directory.find("/Users", 'userName eq "olivia@acme.example"')[0]["active"] is True


@every_seam
def test_the_refusal_is_in_the_journal(directory: Directory, acme: people.Acme, cut: Seam) -> None:
    cut_off(directory, acme.olivia, cut)

    entry = last_entry(directory)
    assert (entry.status, entry.notes) == (403, [REASON])


@every_seam
def test_one_of_two_may_go(directory: Directory, acme: people.Acme, cut: Seam) -> None:
    members_by_hand.change_role(member=acme.adam, role="OWNER", by=acme.olivia)

    status, _ = cut_off(directory, acme.olivia, cut)

    assert status in {200, 201, 204}
    assert stored(acme.olivia).status == Member.Status.INACTIVE
    assert cut_off(directory, acme.adam, cut) == (403, REASON)


def test_a_refused_owner_keeps_the_profile_too(directory: Directory, acme: people.Acme) -> None:
    olivia = directory.user_id("olivia@acme.example")

    directory.patch(
        f"/Users/{olivia}",
        operation("replace", "displayName", "Olive"),
        operation("replace", "active", False),
    )

    assert stored(acme.olivia).name == "Olivia Owner"


def test_a_blocked_owner_does_not_count(directory: Directory, acme: people.Acme) -> None:
    members_by_hand.change_role(member=acme.adam, role="OWNER", by=acme.olivia)
    members_by_hand.block_member(member=acme.adam, by=acme.olivia)

    assert cut_off(directory, acme.olivia, SEAMS["DELETE"]) == (403, REASON)
