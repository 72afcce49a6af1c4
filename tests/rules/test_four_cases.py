"""Whom a POST means: nobody yet, an account, an account of our domain, or a member."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests import people
from tests.api.client import Answer, Directory, operation
from tests.rules.reading import count, last_entry, last_notes, member_with, stored
from workspace import selectors
from workspace.models import Member, User
from workspace.services import members_by_hand, timers, workspaces

NIA = "nia@new.example"


def posted(directory: Directory, email: str, **more: Any) -> Answer:
    return directory.post(
        "/Users", {"userName": email, "emails": [{"value": email, "primary": True}], **more}
    )


class TestNobodyHasTheAddress:
    def test_an_account_is_made_and_the_person_is_in(
        self, directory: Directory, acme: people.Acme
    ) -> None:
        answer = posted(directory, NIA, displayName="Nia New")

        nia = member_with(NIA)
        assert (answer.status, answer.body["active"]) == (201, True)
        assert (nia.status, nia.role) == ("ACTIVE", "MEMBER")
        assert people.account_of(nia).home == acme.workspace
        assert last_notes(directory) == "Nobody had this e-mail address: a new account was made."

    def test_the_account_opens_nothing_until_its_owner_sets_a_password(
        self, directory: Directory
    ) -> None:
        posted(directory, NIA)

        assert not User.objects.get(email=NIA).has_usable_password()


class TestAnAccountOfAVerifiedDomain:
    @pytest.fixture(autouse=True)
    def joined(self, directory: Directory, acme: people.Acme) -> Answer:
        people.account("Nia New", domain="new.example")
        people.verified_domain(acme.workspace, "new.example")
        return posted(directory, "NIA@new.example")

    def test_the_person_is_in_at_once(self, joined: Answer) -> None:
        nia = member_with("NIA@new.example")

        assert (joined.status, joined.body["active"]) == (201, True)
        assert nia.status == Member.Status.ACTIVE
        assert nia.user == User.objects.get(email=NIA)

    def test_the_journal_says_why(self, directory: Directory) -> None:
        assert "its domain is verified for the workspace" in last_notes(directory)


class TestAnAccountOfAnotherDomain:
    @pytest.fixture
    def account(self) -> User:
        return people.account("Nia New", domain="new.example")

    def test_the_person_is_invited_while_the_directory_sees_them_active(
        self, directory: Directory, account: User
    ) -> None:
        answer = posted(directory, NIA)

        nia = member_with(NIA)
        assert (answer.status, answer.body["active"]) == (201, True)
        assert (nia.status, nia.user) == ("PENDING", None)
        assert "was invited and joins by accepting" in last_notes(directory)

    def test_the_invitation_is_mailed(
        self,
        directory: Directory,
        account: User,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            posted(directory, NIA)

        assert [message.to for message in mail.outbox] == [[NIA]]

    def test_a_domain_that_is_claimed_but_not_verified_changes_nothing(
        self, directory: Directory, acme: people.Acme, account: User
    ) -> None:
        workspaces.claim_domain(workspace=acme.workspace, name="new.example")

        posted(directory, NIA)

        assert member_with(NIA).status == Member.Status.PENDING

    def test_the_account_is_left_as_it_was(self, directory: Directory, account: User) -> None:
        posted(directory, NIA, displayName="Mallory")

        after = User.objects.get(pk=account.pk)
        assert (after.name, after.password) == (account.name, account.password)


class TestAMemberFromBefore:
    def test_nothing_is_lost(self, directory: Directory, acme: people.Acme) -> None:
        timers.start_timer(member=acme.mia)
        groups = {group.pk for group in selectors.member_groups(acme.mia)}

        answer = posted(directory, "mia@acme.example")

        mia = stored(acme.mia)
        assert answer.status == 201
        assert (mia.role, mia.status, mia.user_id) == ("MANAGER", "ACTIVE", acme.mia.user_id)
        assert {group.pk for group in selectors.member_groups(mia)} == groups
        assert mia.time_entries.count() == 1
        assert "was a member before" in last_notes(directory)

    def test_one_who_was_invited_by_hand_stays_invited(
        self, directory: Directory, acme: people.Acme
    ) -> None:
        pending = members_by_hand.invite_member(
            workspace=acme.workspace, name="Nia", email=NIA, role="MANAGER", by=acme.olivia
        )

        answer = posted(directory, NIA)

        assert (answer.status, answer.body["active"]) == (201, True)
        assert (stored(pending).status, stored(pending).role) == ("PENDING", "MANAGER")

    def test_a_write_to_whom_a_filter_found_adopts_as_well(
        self, directory: Directory, acme: people.Acme
    ) -> None:
        ben = directory.user_id("ben@acme.example")

        directory.patch(f"/Users/{ben}", operation("replace", "title", "Engineer"))

        assert "was a member before" in last_notes(directory)
        assert posted(directory, "ben@acme.example").outcome == (409, "uniqueness")


class TestSomebodyTheDirectoryManages:
    def test_the_refusal_names_the_attribute_and_nobody(
        self, directory: Directory, acme: people.Acme
    ) -> None:
        posted(directory, "ben@acme.example")
        before = count(Member, User)

        answer = directory.post(
            "/Users", {"userName": "benjamin", "emails": [{"value": "BEN@acme.example"}]}
        )

        assert answer.outcome == (409, "uniqueness")
        assert answer.body["detail"].startswith("emails: ")
        assert "ben" not in answer.body["detail"].lower()
        assert count(Member, User) == before

    def test_the_journal_holds_the_refusal(self, directory: Directory) -> None:
        posted(directory, NIA)

        answer = posted(directory, NIA)

        entry = last_entry(directory)
        assert (entry.status, entry.scim_type) == (409, "uniqueness")
        assert entry.notes == [answer.body["detail"]]


class TestKioskMembers:
    def test_they_are_never_shown(self, directory: Directory) -> None:
        listed = directory.get("/Users").body

        assert listed["totalResults"] == 4
        assert "Kim Kiosk" not in str(listed)
        assert directory.find("/Users", 'displayName co "kiosk"') == []

    def test_they_take_no_seat(self, directory: Directory, acme: people.Acme) -> None:
        acme.workspace.seat_limit = 5
        acme.workspace.save()

        assert posted(directory, NIA).status == 201

    def test_somebody_of_the_same_name_is_somebody_else(
        self, directory: Directory, acme: people.Acme
    ) -> None:
        directory.create_user("kim", displayName="Kim Kiosk")

        assert Member.objects.filter(name="Kim Kiosk").count() == 2
        assert stored(acme.kim).is_kiosk


class TestSomebodyWithoutAnAddress:
    def test_they_are_made_and_have_nothing_to_sign_in_with(self, directory: Directory) -> None:
        created = directory.create_user("fay", displayName="Fay Floor")

        fay = Member.objects.get(name="Fay Floor")
        assert created["active"] is True
        assert (fay.email, fay.user, fay.is_kiosk) == ("", None, False)
        assert "can't sign in until it does" in last_notes(directory)

    def test_the_first_address_brings_the_account(self, directory: Directory) -> None:
        fay = directory.create_user("fay", displayName="Fay Floor")

        directory.patch(f"/Users/{fay['id']}", operation("add", "emails", [{"value": NIA}]))

        assert Member.objects.get(name="Fay Floor").user == User.objects.get(email=NIA)
        assert "a new account was made" in last_notes(directory)
