"""What administrators do to people by hand, and who may."""

from __future__ import annotations

import pytest

from tests import people
from tests.people import Acme, Globex
from workspace import errors
from workspace.models import Member
from workspace.services import members_by_hand
from workspace.services.members import suspend_member


class TestBlocking:
    def test_an_administrator_blocks_and_unblocks(self, acme: Acme) -> None:
        members_by_hand.block_member(member=acme.ben, by=acme.adam)
        blocked = acme.ben.status
        members_by_hand.unblock_member(member=acme.ben, by=acme.adam)

        assert (blocked, acme.ben.status) == (Member.Status.INACTIVE, Member.Status.ACTIVE)

    def test_unblocking_leaves_a_suspension(self, acme: Acme) -> None:
        suspend_member(member=acme.ben)
        members_by_hand.block_member(member=acme.ben, by=acme.adam)

        members_by_hand.unblock_member(member=acme.ben, by=acme.adam)

        assert acme.ben.status == Member.Status.INACTIVE
        assert acme.ben.suspended_at is not None

    def test_the_last_owner_is_refused(self, acme: Acme) -> None:
        with pytest.raises(errors.LastOwner):
            members_by_hand.block_member(member=acme.olivia, by=acme.olivia)

    def test_a_manager_may_not(self, acme: Acme) -> None:
        with pytest.raises(errors.NotAllowed):
            members_by_hand.block_member(member=acme.ben, by=acme.mia)

    def test_an_administrator_may_not_block_an_owner(self, acme: Acme) -> None:
        with pytest.raises(errors.NotAllowed):
            members_by_hand.block_member(member=acme.olivia, by=acme.adam)

    def test_a_suspended_administrator_may_not(self, acme: Acme) -> None:
        suspend_member(member=acme.adam)

        with pytest.raises(errors.NotAllowed):
            members_by_hand.block_member(member=acme.ben, by=acme.adam)

    def test_another_workspaces_owner_may_not(self, acme: Acme, globex: Globex) -> None:
        with pytest.raises(errors.NotAllowed):
            members_by_hand.block_member(member=acme.ben, by=globex.carol)


class TestRoles:
    def test_an_administrator_makes_managers(self, acme: Acme) -> None:
        members_by_hand.change_role(member=acme.ben, role=Member.Role.MANAGER, by=acme.adam)

        acme.ben.refresh_from_db()
        assert acme.ben.role == Member.Role.MANAGER

    def test_only_an_owner_makes_administrators(self, acme: Acme) -> None:
        with pytest.raises(errors.NotAllowed):
            members_by_hand.change_role(member=acme.ben, role=Member.Role.ADMIN, by=acme.adam)

    def test_the_last_owner_keeps_the_role(self, acme: Acme) -> None:
        with pytest.raises(errors.LastOwner):
            members_by_hand.change_role(member=acme.olivia, role=Member.Role.MEMBER, by=acme.olivia)

    def test_ownership_can_be_handed_over(self, acme: Acme) -> None:
        members_by_hand.change_role(member=acme.adam, role=Member.Role.OWNER, by=acme.olivia)

        members_by_hand.change_role(member=acme.olivia, role=Member.Role.MEMBER, by=acme.adam)

        assert acme.olivia.role == Member.Role.MEMBER


class TestInviting:
    def test_an_administrator_invites_nobody_as_owner(self, acme: Acme) -> None:
        with pytest.raises(errors.NotAllowed):
            members_by_hand.invite_member(
                workspace=acme.workspace,
                name="Ivy",
                email="ivy@new.example",
                role=Member.Role.OWNER,
                by=acme.adam,
            )

    def test_a_member_is_not_invited_again(self, acme: Acme) -> None:
        with pytest.raises(errors.EmailTaken):
            members_by_hand.invite_member(
                workspace=acme.workspace,
                name="Ben",
                email="BEN@acme.example",
                role=Member.Role.MEMBER,
                by=acme.adam,
            )


def test_kiosk_people_have_no_address_and_no_account(acme: Acme) -> None:
    assert acme.kim.is_kiosk
    assert (acme.kim.email, acme.kim.user) == ("", None)


def test_people_rename_themselves(acme: Acme) -> None:
    members_by_hand.rename_member(member=acme.ben, name=" Benno ")

    acme.ben.refresh_from_db()
    assert acme.ben.name == "Benno"


def test_the_cast_signs_in_with_the_password(acme: Acme) -> None:
    assert people.account_of(acme.ben).check_password(people.PASSWORD)
