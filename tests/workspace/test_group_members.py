"""Who is in a group, changed as sets."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people import Acme, Globex
from workspace import errors, selectors
from workspace.models import Group, GroupMembership, Member
from workspace.services import groups

MANY = 2_500


def crowd(acme: Acme, size: int = MANY) -> list[int]:
    Member.objects.bulk_create(
        [Member(workspace=acme.workspace, name=f"Person {number}") for number in range(size)]
    )
    people = Member.objects.filter(workspace=acme.workspace, name__startswith="Person ")
    return list(people.order_by("pk").values_list("pk", flat=True))


class TestAdding:
    def test_those_who_were_not_in_it_are_returned(self, acme: Acme) -> None:
        added = groups.add_members(group=acme.support, member_ids=[acme.ben.pk, acme.mia.pk])

        assert added == [acme.mia.pk]
        assert selectors.group_member_ids(acme.support) == [acme.mia.pk, acme.ben.pk]

    def test_somebody_of_another_workspace_adds_nobody(self, acme: Acme, globex: Globex) -> None:
        with pytest.raises(errors.UnknownMembers) as refusal:
            groups.add_members(group=acme.support, member_ids=[acme.mia.pk, globex.carol.pk])

        assert refusal.value.member_ids == {globex.carol.pk}
        assert selectors.group_member_ids(acme.support) == [acme.ben.pk]

    def test_thousands_are_added_at_once(self, acme: Acme) -> None:
        ids = crowd(acme)

        added = groups.add_members(group=acme.support, member_ids=ids)

        assert added == ids

    def test_the_cost_does_not_depend_on_the_groups_size(self, acme: Acme) -> None:
        small, large = acme.engineering, acme.support
        groups.add_members(group=large, member_ids=crowd(acme))

        with CaptureQueriesContext(connection) as for_small:
            groups.add_members(group=small, member_ids=[acme.adam.pk])
        with CaptureQueriesContext(connection) as for_large:
            groups.add_members(group=large, member_ids=[acme.adam.pk])

        assert len(for_large) == len(for_small) < 12


class TestRemoving:
    def test_those_who_were_in_it_are_returned(self, acme: Acme) -> None:
        removed = groups.remove_members(group=acme.support, member_ids=[acme.ben.pk, acme.mia.pk])

        assert removed == [acme.ben.pk]
        assert selectors.group_member_ids(acme.support) == []

    def test_nobody_to_remove_removes_nobody(self, acme: Acme) -> None:
        assert groups.remove_members(group=acme.support, member_ids=[]) == []
        assert selectors.group_member_ids(acme.support) == [acme.ben.pk]

    def test_the_same_people_stay_in_other_groups(self, acme: Acme) -> None:
        groups.remove_members(group=acme.support, member_ids=[acme.ben.pk])

        assert acme.ben.pk in selectors.group_member_ids(acme.engineering)


class TestReplacing:
    def test_only_the_difference_is_written(self, acme: Acme) -> None:
        kept = GroupMembership.objects.get(group=acme.engineering, member=acme.ben)

        added, removed = groups.replace_members(
            group=acme.engineering, member_ids=[acme.ben.pk, acme.adam.pk]
        )

        assert (added, removed) == ([acme.adam.pk], [acme.mia.pk])
        assert GroupMembership.objects.get(group=acme.engineering, member=acme.ben) == kept

    def test_a_stranger_leaves_the_group_as_it_was(self, acme: Acme, globex: Globex) -> None:
        with pytest.raises(errors.UnknownMembers):
            groups.replace_members(group=acme.engineering, member_ids=[globex.carol.pk])

        assert selectors.group_member_ids(acme.engineering) == [acme.mia.pk, acme.ben.pk]

    def test_thousands_are_replaced_by_nobody(self, acme: Acme) -> None:
        ids = crowd(acme)
        groups.replace_members(group=acme.support, member_ids=ids)

        _, removed = groups.replace_members(group=acme.support, member_ids=[])

        assert removed == ids


def test_the_groups_members_are_reached_from_both_sides(acme: Acme) -> None:
    assert set(acme.engineering.members.all()) == {acme.mia, acme.ben}
    assert set(Group.objects.filter(members=acme.ben)) == {acme.engineering, acme.support}
