"""An invitation's mail: none is lost with the broker, none is sent twice."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from smtplib import SMTPRecipientsRefused
from threading import Event

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import now
from pytest_django import Settings

from tests.people import Acme
from workspace import directory_effects, effects, tasks
from workspace.models import Invitation, Member
from workspace.services import invitations, members_by_hand
from workspace.services.invitation_mail import LEASE, mail_invitation, mail_invitations

pytestmark = pytest.mark.django_db(transaction=True)


def invite(acme: Acme, name: str = "Nia") -> Member:
    return members_by_hand.invite_member(
        workspace=acme.workspace,
        name=name,
        email=f"{name.lower()}@elsewhere.example",
        role="MEMBER",
        by=acme.adam,
    )


def unmailed(acme: Acme) -> Invitation:
    """An invitation of which nobody has been told to mail it."""
    return invitations.make_invitation(member=acme.ben)


def recipients() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


class TestABrokerThatIsDown:
    @pytest.fixture(autouse=True)
    def _no_broker(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"

        def refuse(*arguments: object, **options: object) -> None:
            raise ConnectionRefusedError("The broker is down.")

        monkeypatch.setattr(tasks.mail_invitation, "apply_async", refuse)

    def test_the_invitation_is_made_and_mailed_by_the_sweep(
        self, acme: Acme, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.ERROR):
            invite(acme)
        before = recipients()

        tasks.mail_invitations()

        assert "The broker is down" in caplog.text
        assert before == []
        assert recipients() == ["nia@elsewhere.example"]

    def test_a_second_sweep_mails_nothing(self, acme: Acme) -> None:
        invite(acme)

        counts = [mail_invitations(), mail_invitations()]

        assert counts == [1, 0]
        assert len(mail.outbox) == 1

    def test_a_task_that_comes_late_mails_nothing(self, acme: Acme) -> None:
        invite(acme)
        mail_invitations()

        tasks.mail_invitation(Invitation.objects.get().pk)

        assert len(mail.outbox) == 1

    def test_the_command_mails_without_celery(self, acme: Acme) -> None:
        invite(acme)
        printed = StringIO()

        call_command("mail_invitations", stdout=printed)

        assert printed.getvalue() == "Invitations mailed: 1\n"
        assert recipients() == ["nia@elsewhere.example"]


class TestOnlyWhatIsOpen:
    def test_what_was_mailed_at_once_is_left_alone(self, acme: Acme) -> None:
        invite(acme)

        assert mail_invitations() == 0
        assert len(mail.outbox) == 1

    @pytest.mark.parametrize("field", ["accepted_at", "cancelled_at", "expires_at"])
    def test_what_is_no_longer_open_is_not_mailed(self, acme: Acme, field: str) -> None:
        invitation = unmailed(acme)
        Invitation.objects.update(**{field: now()})

        assert not mail_invitation(invitation_id=invitation.pk)
        assert mail_invitations() == 0
        assert mail.outbox == []


class TestOnce:
    def test_a_directorys_invitation_is_not_mailed_by_both(self, acme: Acme) -> None:
        unmailed(acme)

        mail_invitations()
        directory_effects.mail_invitation(acme.ben.pk)

        assert recipients() == ["ben@acme.example"]

    def test_while_one_mails_the_others_do_not(
        self, acme: Acme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        invitation = unmailed(acme)
        begun, others_done = Event(), Event()
        send = effects.send_invitation

        def slowly(invitation_id: int) -> None:
            begun.set()
            assert others_done.wait(timeout=10)
            send(invitation_id)

        def mail_it() -> bool:
            try:
                return mail_invitation(invitation_id=invitation.pk)
            finally:
                connection.close()

        monkeypatch.setattr(effects, "send_invitation", slowly)
        with ThreadPoolExecutor(1) as pool:
            first = pool.submit(mail_it)
            assert begun.wait(timeout=10)
            directory_effects.mail_invitation(acme.ben.pk)
            swept = mail_invitations()
            others_done.set()

        assert (first.result(), swept) == (True, 0)
        assert recipients() == ["ben@acme.example"]

    def test_who_died_over_it_is_followed_by_another(self, acme: Acme) -> None:
        unmailed(acme)
        Invitation.objects.update(mailing_until=now() + LEASE)
        during = mail_invitations()
        Invitation.objects.update(mailing_until=now() - timedelta(seconds=1))

        assert (during, mail_invitations()) == (0, 1)


class TestAMailThatFails:
    def test_it_is_mailed_by_the_next_sweep(
        self, acme: Acme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        unmailed(acme)
        with monkeypatch.context() as failing:
            failing.setattr(effects, "send_invitation", refuse_all)
            first = mail_invitations()

        assert (first, mail_invitations()) == (0, 1)
        assert recipients() == ["ben@acme.example"]

    def test_it_holds_up_no_other(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        refused = unmailed(acme)
        mia = invitations.make_invitation(member=acme.mia)
        tried: list[int] = []

        def refuse_ben(invitation_id: int) -> None:
            tried.append(invitation_id)
            if invitation_id == refused.pk:
                refuse_all(invitation_id)

        monkeypatch.setattr(effects, "send_invitation", refuse_ben)
        mail_invitations()
        later = invitations.make_invitation(member=acme.olivia)
        mail_invitations()

        # What failed is tried again after what has not had its turn.
        assert tried == [refused.pk, mia.pk, later.pk, refused.pk]

    def test_the_outbox_hears_of_it(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        unmailed(acme)
        monkeypatch.setattr(effects, "send_invitation", refuse_all)

        with pytest.raises(SMTPRecipientsRefused):
            directory_effects.mail_invitation(acme.ben.pk)


def test_a_sweep_ends_in_time(acme: Acme) -> None:
    unmailed(acme)

    assert mail_invitations(until=now()) == 0
    assert mail.outbox == []


def refuse_all(invitation_id: int) -> None:
    raise SMTPRecipientsRefused({"ben@acme.example": (550, b"No such person")})
