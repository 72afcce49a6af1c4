"""A directory changes a person's profile, and the shared account follows or stays."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import people
from tests.people import Acme, Globex
from workspace import directory_effects, errors
from workspace.models import Invitation, Member, User, Workspace
from workspace.services.accounts import AccountOutcome
from workspace.services.members import (
    MemberChange,
    ProvisioningCase,
    provision_member,
    update_member,
)


def provisioned(workspace: Workspace, email: str = "nia@new.example") -> tuple[Member, User]:
    member = provision_member(workspace=workspace, name="Nia New", email=email).member
    return member, people.account_of(member)


class TestMember:
    def test_only_what_is_given_changes(self, acme: Acme) -> None:
        change = update_member(member=acme.ben, name="Benjamin Member")

        acme.ben.refresh_from_db()
        assert change.changed == {"name"}
        assert (acme.ben.name, acme.ben.email) == ("Benjamin Member", "ben@acme.example")

    def test_saying_the_same_again_changes_nothing(self, acme: Acme) -> None:
        with CaptureQueriesContext(connection) as queries:
            change = update_member(member=acme.ben, name=acme.ben.name, email=acme.ben.email)

        assert change == MemberChange(changed=frozenset(), account=AccountOutcome.UNCHANGED)
        assert not [each for each in queries.captured_queries if "SAVEPOINT" not in each["sql"]]

    def test_a_colleagues_address_is_refused(self, acme: Acme) -> None:
        with pytest.raises(errors.EmailTaken):
            update_member(member=acme.ben, email="MIA@acme.example")

    def test_the_first_address_brings_an_account(self, acme: Acme) -> None:
        member = provision_member(workspace=acme.workspace, name="Fay Floor", email="").member

        change = update_member(member=member, email="fay@new.example")

        assert change.case is ProvisioningCase.ACCOUNT_CREATED
        assert member.user == User.objects.get(email="fay@new.example")

    def test_an_invitation_goes_to_the_new_address_only(self, acme: Acme, globex: Globex) -> None:
        dora = people.account("Dora Other", domain="globex.example")
        member = provision_member(
            workspace=acme.workspace, name="Dora", email=globex.carol.email
        ).member

        update_member(member=member, email=dora.email)

        open_ones = Invitation.objects.filter(member=member, cancelled_at=None)
        assert [invitation.email for invitation in open_ones] == [dora.email]


class TestAccountOfThisWorkspace:
    def test_it_follows_name_and_address(self, acme: Acme) -> None:
        member, user = provisioned(acme.workspace)

        change = update_member(member=member, name="Nia Newer", email="nia@newer.example")

        user.refresh_from_db()
        assert change.account is AccountOutcome.FOLLOWED
        assert (user.name, user.email) == ("Nia Newer", "nia@newer.example")

    def test_its_old_address_is_told_once(self, acme: Acme) -> None:
        member, _ = provisioned(acme.workspace)
        update_member(member=member, email="nia@newer.example")

        directory_effects.notify_login_changed(member.pk)
        directory_effects.notify_login_changed(member.pk)

        assert [message.to for message in mail.outbox] == [["nia@new.example"]]

    def test_its_sessions_end_with_its_old_address(self, acme: Acme) -> None:
        member, user = provisioned(acme.workspace)
        before = user.get_session_auth_hash()

        update_member(member=member, email="nia@newer.example")

        user.refresh_from_db()
        assert user.get_session_auth_hash() != before

    def test_another_spelling_of_the_address_ends_no_session(self, acme: Acme) -> None:
        member, user = provisioned(acme.workspace)

        update_member(member=member, email="Nia@New.example")

        user.refresh_from_db()
        assert (user.email, user.session_epoch) == ("Nia@New.example", 0)

    def test_it_keeps_its_login_when_the_address_goes(self, acme: Acme) -> None:
        member, user = provisioned(acme.workspace)

        change = update_member(member=member, email="")

        user.refresh_from_db()
        assert change.account is AccountOutcome.KEPT
        assert (member.email, user.email) == ("", "nia@new.example")

    def test_it_never_takes_somebody_elses_login(self, acme: Acme, globex: Globex) -> None:
        member, user = provisioned(acme.workspace)

        change = update_member(member=member, email=globex.carol.email)

        user.refresh_from_db()
        assert change.account is AccountOutcome.KEPT
        assert user.email == "nia@new.example"


class TestAccountOfOthers:
    def test_it_stays_while_the_member_changes(self, acme: Acme) -> None:
        change = update_member(member=acme.ben, name="Mallory", email="mallory@evil.example")

        user = people.account_of(acme.ben)
        assert change.account is AccountOutcome.KEPT
        assert (acme.ben.name, acme.ben.email) == ("Mallory", "mallory@evil.example")
        assert (user.name, user.email) == ("Ben Member", "ben@acme.example")

    def test_it_stays_once_another_workspace_shares_it(self, acme: Acme, globex: Globex) -> None:
        member, user = provisioned(acme.workspace)
        Member.objects.create(workspace=globex.workspace, user=user, name="Nia")

        change = update_member(member=member, email="mallory@evil.example")

        user.refresh_from_db()
        assert change.account is AccountOutcome.KEPT
        assert user.email == "nia@new.example"

    def test_it_follows_within_verified_domains(self, acme: Acme) -> None:
        people.verified_domain(acme.workspace, "acme.example")

        change = update_member(member=acme.ben, email="benjamin@acme.example")

        assert change.account is AccountOutcome.FOLLOWED
        assert people.account_of(acme.ben).email == "benjamin@acme.example"

    def test_it_does_not_leave_the_verified_domains(self, acme: Acme) -> None:
        people.verified_domain(acme.workspace, "acme.example")

        change = update_member(member=acme.ben, email="ben@elsewhere.example")

        assert change.account is AccountOutcome.KEPT
        assert people.account_of(acme.ben).email == "ben@acme.example"

    def test_a_verified_domain_of_another_workspace_gives_no_authority(
        self, acme: Acme, globex: Globex
    ) -> None:
        people.verified_domain(globex.workspace, "acme.example")

        change = update_member(member=acme.ben, name="Mallory")

        assert change.account is AccountOutcome.KEPT

    def test_staff_accounts_are_nobodys(self, acme: Acme) -> None:
        member, user = provisioned(acme.workspace)
        User.objects.filter(pk=user.pk).update(is_staff=True)

        change = update_member(member=member, email="mallory@evil.example")

        assert change.account is AccountOutcome.KEPT
