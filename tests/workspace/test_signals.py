"""Whoever listens hears of every change a directory would show, inside the transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from tests.people import Acme
from workspace import signals
from workspace.models import Member
from workspace.services import groups, members, members_by_hand, timezones

Heard = list[tuple[str, list[int]]]


@pytest.fixture
def heard() -> Iterator[Heard]:
    notes: Heard = []

    def hear_members(member_ids: list[int], **_: Any) -> None:
        assert connection.in_atomic_block
        notes.append(("members", list(member_ids)))

    def hear_groups(group_ids: list[int], **_: Any) -> None:
        assert connection.in_atomic_block
        notes.append(("groups", list(group_ids)))

    signals.members_changed.connect(hear_members)
    signals.groups_changed.connect(hear_groups)
    yield notes
    signals.members_changed.disconnect(hear_members)
    signals.groups_changed.disconnect(hear_groups)


MEMBER_CHANGES: list[Callable[[Acme], object]] = [
    lambda acme: members.update_member(member=acme.ben, name="Benno"),
    lambda acme: members.update_member(member=acme.ben, email="benno@acme.example"),
    lambda acme: members.suspend_member(member=acme.ben),
    lambda acme: members_by_hand.block_member(member=acme.ben, by=acme.olivia),
    lambda acme: members_by_hand.rename_member(member=acme.ben, name="Benno"),
    lambda acme: members_by_hand.change_role(
        member=acme.ben, role=Member.Role.MANAGER, by=acme.olivia
    ),
    lambda acme: timezones.set_timezone(member=acme.ben, timezone="Asia/Tokyo"),
]

GROUP_CHANGES: list[Callable[[Acme], object]] = [
    lambda acme: groups.rename_group(group=acme.support, name="Help"),
    lambda acme: groups.archive_group(group=acme.support),
    lambda acme: groups.add_members(group=acme.support, member_ids=[acme.mia.pk]),
    lambda acme: groups.remove_members(group=acme.support, member_ids=[acme.ben.pk]),
    lambda acme: groups.replace_members(group=acme.support, member_ids=[]),
]


@pytest.mark.parametrize("change", MEMBER_CHANGES)
def test_a_change_of_a_member_is_heard_once(
    acme: Acme, heard: Heard, change: Callable[[Acme], object]
) -> None:
    change(acme)

    assert heard == [("members", [acme.ben.pk])]


@pytest.mark.parametrize("change", GROUP_CHANGES)
def test_a_change_of_a_group_is_heard_once(
    acme: Acme, heard: Heard, change: Callable[[Acme], object]
) -> None:
    change(acme)

    assert heard == [("groups", [acme.support.pk])]


def test_a_removal_is_heard_by_the_member_and_the_groups(acme: Acme, heard: Heard) -> None:
    members.remove_member(member=acme.ben)

    assert heard == [
        ("members", [acme.ben.pk]),
        ("groups", [acme.engineering.pk, acme.support.pk]),
    ]


def test_what_changes_nothing_is_not_heard(acme: Acme, heard: Heard) -> None:
    members.update_member(member=acme.ben, name=acme.ben.name)
    members.resume_member(member=acme.ben)
    groups.add_members(group=acme.support, member_ids=[acme.ben.pk])

    assert heard == []
