"""Effects: after the commit, in the process or over a broker, and never in the way."""

from __future__ import annotations

import logging

import pytest
from django.core import mail
from django.db import transaction
from pytest_django import Settings

from settings import celery_app
from tests.people import Acme, Globex
from workspace import tasks
from workspace.models import Member
from workspace.services.members import suspend_member
from workspace.services.members_by_hand import invite_member


def invite_carol(acme: Acme, globex: Globex) -> Member:
    return invite_member(
        workspace=acme.workspace,
        name="Carol",
        email=globex.carol.email,
        role="MEMBER",
        by=acme.adam,
    )


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_invitation_is_not_mailed(acme: Acme, globex: Globex) -> None:
    with transaction.atomic():
        invite_carol(acme, globex)
        transaction.set_rollback(True)

    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_invitation_is_not_mailed(acme: Acme, globex: Globex) -> None:
    with transaction.atomic():
        carol = invite_carol(acme, globex)
        suspend_member(member=carol)

    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_undoes_nothing(
    acme: Acme, globex: Globex, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9

    with caplog.at_level(logging.ERROR):
        member = invite_carol(acme, globex)

    member.refresh_from_db()
    assert "refused" in caplog.text.lower()


@pytest.mark.django_db(transaction=True)
def test_a_broker_gets_ids(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CELERY_BROKER_URL = "redis://broker.example"
    sent: list[tuple[int, ...]] = []
    monkeypatch.setattr(
        tasks.mail_invitation, "apply_async", lambda arguments, **options: sent.append(arguments)
    )

    tasks.after_commit(tasks.mail_invitation, 7)

    assert sent == [(7,)]


def test_tasks_belong_to_the_products_celery_application() -> None:
    assert tasks.mail_invitation.app.main == celery_app.main
    assert tasks.mail_invitation.app.conf.task_ignore_result
