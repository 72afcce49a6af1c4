"""A directory deactivates a person, brings the person back, or lets the person go."""

from __future__ import annotations

import pytest

from tests import people
from tests.people import Acme, Globex
from workspace import errors, selectors
from workspace.models import Invitation, Member
from workspace.services import api_keys, groups, members_by_hand
from workspace.services.members import (
    provision_member,
    remove_member,
    resume_member,
    suspend_member,
)


class TestSuspending:
    def test_history_groups_and_role_stay(self, acme: Acme) -> None:
        changed = suspend_member(member=acme.mia)

        acme.mia.refresh_from_db()
        assert changed
        assert acme.mia.status == Member.Status.INACTIVE
        assert acme.mia.role == Member.Role.MANAGER
        assert list(selectors.member_groups(acme.mia)) == [acme.engineering]

    def test_a_second_time_changes_nothing(self, acme: Acme) -> None:
        suspend_member(member=acme.ben)
        since = acme.ben.suspended_at

        changed = suspend_member(member=acme.ben)

        assert not changed
        assert acme.ben.suspended_at == since

    def test_open_invitations_are_withdrawn(self, acme: Acme, globex: Globex) -> None:
        member = provision_member(
            workspace=acme.workspace, name="Carol", email=globex.carol.email
        ).member

        suspend_member(member=member)

        assert not Invitation.objects.filter(member=member, cancelled_at=None).exists()

    def test_the_last_owner_is_refused(self, acme: Acme) -> None:
        with pytest.raises(errors.LastOwner):
            suspend_member(member=acme.olivia)

        acme.olivia.refresh_from_db()
        assert acme.olivia.status == Member.Status.ACTIVE

    def test_one_of_two_owners_may_go(self, acme: Acme) -> None:
        people.hired(acme.workspace, "Otto Owner", role=Member.Role.OWNER)

        assert suspend_member(member=acme.olivia)

    def test_an_inactive_owner_does_not_count_as_the_other_one(self, acme: Acme) -> None:
        otto = people.hired(acme.workspace, "Otto Owner", role=Member.Role.OWNER)
        suspend_member(member=otto)

        with pytest.raises(errors.LastOwner):
            suspend_member(member=acme.olivia)


class TestResuming:
    def test_the_person_is_back(self, acme: Acme) -> None:
        suspend_member(member=acme.ben)

        changed = resume_member(member=acme.ben)

        assert changed
        assert acme.ben.status == Member.Status.ACTIVE
        assert acme.ben.suspended_at is None

    def test_somebody_who_was_not_suspended_stays_as_is(self, acme: Acme) -> None:
        assert not resume_member(member=acme.ben)

    def test_somebody_who_never_accepted_is_invited_again(self, acme: Acme, globex: Globex) -> None:
        member = provision_member(
            workspace=acme.workspace, name="Carol", email=globex.carol.email
        ).member
        suspend_member(member=member)

        resume_member(member=member)

        assert member.status == Member.Status.PENDING
        assert Invitation.objects.filter(member=member, cancelled_at=None).count() == 1

    def test_an_administrators_block_stays(self, acme: Acme) -> None:
        members_by_hand.block_member(member=acme.ben, by=acme.olivia)
        suspend_member(member=acme.ben)

        resume_member(member=acme.ben)

        assert acme.ben.status == Member.Status.INACTIVE
        assert acme.ben.suspended_at is None
        assert acme.ben.blocked_at is not None


class TestRemoving:
    def test_access_groups_role_and_keys_go_and_the_member_stays(self, acme: Acme) -> None:
        api_keys.create_api_key(member=acme.mia, label="Script")

        remove_member(member=acme.mia)

        acme.mia.refresh_from_db()
        assert acme.mia.status == Member.Status.INACTIVE
        assert acme.mia.role == Member.Role.MEMBER
        assert not selectors.member_groups(acme.mia).exists()
        assert not selectors.usable_api_keys(acme.mia).exists()

    def test_the_other_members_of_the_groups_stay(self, acme: Acme) -> None:
        remove_member(member=acme.mia)

        assert selectors.group_member_ids(acme.engineering) == [acme.ben.pk]

    def test_coming_back_brings_no_old_rights(self, acme: Acme) -> None:
        remove_member(member=acme.mia)

        resume_member(member=acme.mia)

        assert acme.mia.status == Member.Status.ACTIVE
        assert acme.mia.role == Member.Role.MEMBER
        assert not selectors.member_groups(acme.mia).exists()

    def test_an_owner_who_is_not_the_last_loses_the_role(self, acme: Acme) -> None:
        otto = people.hired(acme.workspace, "Otto Owner", role=Member.Role.OWNER)
        groups.add_members(group=acme.support, member_ids=[otto.pk])

        remove_member(member=otto)

        assert otto.role == Member.Role.MEMBER

    def test_the_last_owner_is_refused(self, acme: Acme) -> None:
        with pytest.raises(errors.LastOwner):
            remove_member(member=acme.olivia)
