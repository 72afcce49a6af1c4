"""Send a test event, now, and keep what came of it.

Must not know who asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from scim_provisioning.models import Connection, Webhook
from scim_provisioning.webhooks import security_events, targets
from scim_provisioning.webhooks.delivery import ACKNOWLEDGEMENTS, PROBLEMS, send, wake

PAUSE = timedelta(seconds=10)
"""Between two test events: nobody floods a receiver with our help."""


class TooSoon(Exception):
    """The last test event is younger than the pause, or still on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    status: int
    """Of the answer; 0 if there was none."""
    error: str
    """The class of the problem; "" if there was an answer."""

    @property
    def is_acknowledged(self) -> bool:
        return self.status in ACKNOWLEDGEMENTS


def verify(connection: Connection) -> Outcome:
    """Send a test event once; holds no lock meanwhile, and ends the rest of who acknowledges it.

    Raises TooSoon, Webhook.DoesNotExist.
    """
    webhook = Webhook.objects.select_related("connection").get(pk=connection.pk)
    now = timezone.now()
    is_due = Q(tested_at=None) | Q(tested_at__lte=now - PAUSE)
    ours = Webhook.objects.filter(pk=webhook.pk, url=webhook.url)
    if not ours.filter(is_due).update(tested_at=now, test_status=0, test_error=""):
        raise TooSoon
    outcome = _outcome(webhook)
    ours.update(test_status=outcome.status, test_error=outcome.error)
    if outcome.is_acknowledged:
        wake(webhook)
    return outcome


def _outcome(webhook: Webhook) -> Outcome:
    try:
        target = targets.parse(webhook.url)
        claims = security_events.verification(webhook.connection, audience=target.origin)
        return Outcome(status=send(claims, webhook, target), error="")
    except PROBLEMS as problem:
        return Outcome(status=0, error=type(problem).__name__)
