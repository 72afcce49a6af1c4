"""Accepting an invitation, and who can't."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests import people
from tests.people import Acme, Globex
from tests.workspace.browsing import signed_in
from workspace import errors
from workspace.models import Invitation, Member, User
from workspace.services import invitations, members_by_hand
from workspace.services.members import suspend_member
from workspace.tokens import invitation_token


def invited(acme: Acme, email: str) -> tuple[Member, str]:
    """Return a pending member and the token of the invitation."""
    member = members_by_hand.invite_member(
        workspace=acme.workspace, name="Ivy Invited", email=email, role="MEMBER", by=acme.adam
    )
    return member, invitation_token(Invitation.objects.get(member=member).pk)


class TestWithAnAccount:
    def test_the_signed_in_person_is_linked(self, acme: Acme, globex: Globex) -> None:
        member, token = invited(acme, globex.carol.email)

        signed_in(globex.carol).post(f"/invitations/{token}/")

        member.refresh_from_db()
        assert member.user == globex.carol.user
        assert member.status == Member.Status.ACTIVE

    def test_another_persons_account_is_refused(self, acme: Acme, globex: Globex) -> None:
        member, token = invited(acme, "ivy@new.example")

        answer = signed_in(globex.carol).post(f"/invitations/{token}/")

        member.refresh_from_db()
        assert answer.status_code == 410
        assert member.user is None

    def test_who_has_an_account_already_gets_no_other(self, acme: Acme, globex: Globex) -> None:
        member, token = invited(acme, globex.carol.email)
        member.user = people.account_of(acme.ben)
        Member.objects.filter(pk=acme.ben.pk).update(user=None)
        member.save(update_fields=["user"])

        answer = signed_in(globex.carol).post(f"/invitations/{token}/")

        member.refresh_from_db()
        assert answer.status_code == 410
        assert member.user != globex.carol.user

    def test_nobody_signed_in_has_to_sign_in_first(self, acme: Acme, globex: Globex) -> None:
        _, token = invited(acme, globex.carol.email)

        answer = Client().get(f"/invitations/{token}/")

        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/?next=/invitations/")

    def test_looking_at_it_accepts_nothing(self, acme: Acme, globex: Globex) -> None:
        member, token = invited(acme, globex.carol.email)

        answer = signed_in(globex.carol).get(f"/invitations/{token}/")

        member.refresh_from_db()
        assert answer.status_code == 200
        assert member.user is None


class TestWithoutAnAccount:
    def test_choosing_a_password_makes_the_account(self, acme: Acme) -> None:
        member, token = invited(acme, "ivy@new.example")
        browser = Client()

        browser.post(
            f"/invitations/{token}/",
            {"new_password1": people.PASSWORD, "new_password2": people.PASSWORD},
        )

        member.refresh_from_db()
        assert member.user == User.objects.get(email="ivy@new.example")
        assert browser.get("/workspaces/acme/profile/").status_code == 200

    def test_two_different_passwords_make_none(self, acme: Acme) -> None:
        _, token = invited(acme, "ivy@new.example")

        answer = Client().post(
            f"/invitations/{token}/", {"new_password1": people.PASSWORD, "new_password2": "other"}
        )

        assert answer.status_code == 200
        assert not User.objects.filter(email="ivy@new.example").exists()


class TestUnusable:
    def test_a_used_one(self, acme: Acme, globex: Globex) -> None:
        _, token = invited(acme, globex.carol.email)
        carol = people.account_of(globex.carol)
        invitations.accept_invitation(token=token, user=carol)

        with pytest.raises(errors.InvitationUnusable):
            invitations.accept_invitation(token=token, user=carol)

    def test_an_expired_one(self, acme: Acme, globex: Globex) -> None:
        _, token = invited(acme, globex.carol.email)
        Invitation.objects.update(expires_at=now() - timedelta(seconds=1))

        with pytest.raises(errors.InvitationUnusable):
            invitations.read_invitation(token=token)

    def test_one_of_a_person_suspended_meanwhile(self, acme: Acme, globex: Globex) -> None:
        member, token = invited(acme, globex.carol.email)
        suspend_member(member=member)

        with pytest.raises(errors.InvitationUnusable):
            invitations.read_invitation(token=token)

    @pytest.mark.parametrize("token", ["1", "1:forged", "x:y:z", "\u00e9"])
    def test_a_forged_one(self, acme: Acme, token: str) -> None:
        assert Client().get(f"/invitations/{token}/").status_code == 410


def test_the_mailed_link_opens_the_invitation(
    acme: Acme,
    globex: Globex,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invited(acme, globex.carol.email)

    link = re.search(r"http\S+", str(mail.outbox[0].body))
    assert link is not None
    path = "/" + link[0].split("/", 3)[3]
    assert signed_in(globex.carol).get(path).status_code == 200
