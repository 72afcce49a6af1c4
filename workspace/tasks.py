"""Effects as Celery tasks, and how one is started; must not hold an effect itself."""

from __future__ import annotations

from datetime import timedelta

from celery import Task, shared_task
from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from workspace.services import invitation_mail

_SWEEP_SECONDS = 120


def after_commit(task: Task, *arguments: int | str) -> None:
    """Start a task once the transaction is durable; a failure then is logged, not raised."""
    transaction.on_commit(lambda: _start(task, *arguments), robust=True)


def _start(task: Task, *arguments: int | str) -> None:
    if settings.CELERY_BROKER_URL:
        task.apply_async(arguments, retry=False)
        return
    task(*arguments)


@shared_task  # type: ignore[untyped-decorator]  # Celery publishes no types
def mail_invitation(invitation_id: int) -> None:
    invitation_mail.mail_invitation(invitation_id=invitation_id)


@shared_task  # type: ignore[untyped-decorator]  # Celery publishes no types
def mail_invitations() -> None:
    invitation_mail.mail_invitations(until=now() + timedelta(seconds=_SWEEP_SECONDS))
