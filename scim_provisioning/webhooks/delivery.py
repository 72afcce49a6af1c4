"""Push each event to the workspace's webhook (RFC 8935); the outbox sees to it that it arrives.

A receiver's 2xx is the acknowledgement. Must not know what a token says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from scim_provisioning.models import Connection, Event, Webhook, WebhookAttempt
from scim_provisioning.outbox import Outage, handles
from scim_provisioning.outbox.outages import is_outage
from scim_provisioning.webhooks import security_events, targets, transport
from scim_provisioning.webhooks.addresses import NotPublic
from scim_provisioning.webhooks.keys import UnreadableKey
from scim_provisioning.webhooks.targets import Target, UnusableUrl

LABEL = "scim_provisioning.webhook"
"""What the outbox calls this handler."""
PROBLEMS = (OSError, NotPublic, UnreadableKey, UnusableUrl, transport.NoStatus)
"""What an attempt may end with instead of an answer."""
ACKNOWLEDGEMENTS = range(200, 300)
SHORTEST_REST = timedelta(seconds=15)
LONGEST_REST = timedelta(minutes=15)
PATIENCE = timedelta(days=3)
"""How long a receiver may be down before what waits for it is parked."""

_TOO_MANY_REQUESTS = 429
_FIRST_SERVER_ERROR = 500


class NotAccepted(Exception):
    """The receiver answered, and it was no acknowledgement: a mistake, there or here."""


class GivenUp(Exception):
    """The receiver has been down for longer than anybody waits for it."""


def has_webhook(connection: Connection) -> bool:
    """Tell whether events are told at all; no query where the connection came with its webhook."""
    return hasattr(connection, "webhook")


@handles(*security_events.MEANINGS, label=LABEL, only_for=has_webhook)
def push(event: Event) -> None:
    """Send an event, unless the webhook is gone by now.

    A receiver that is down holds up nobody else's events: it rests, longer each time, and what
    comes meanwhile waits without trying.
    """
    if not has_webhook(event.connection):
        return
    webhook = event.connection.webhook
    if webhook.is_resting(timezone.now()):
        raise _absence(webhook)
    try:
        status = _post(event, webhook)
    except PROBLEMS as problem:
        _log(event, error=type(problem).__name__)
        if is_outage(problem):
            _rest(webhook)
            raise _absence(webhook) from problem
        raise
    _log(event, status=status)
    if status == _TOO_MANY_REQUESTS or status >= _FIRST_SERVER_ERROR:
        _rest(webhook)
        raise _absence(webhook)
    wake(webhook)
    if status not in ACKNOWLEDGEMENTS:
        raise NotAccepted


def send(claims: Mapping[str, Any], webhook: Webhook, target: Target) -> int:
    """Sign claims, send them once, and return the status of the answer; raises PROBLEMS."""
    token = security_events.sign(claims, webhook)
    return transport.post(target, token, content_type=security_events.MEDIA_TYPE)


def wake(webhook: Webhook) -> None:
    """Let a receiver that answers have what waits for it."""
    if webhook.down_since is not None:
        _set_rest(webhook, down_since=None, rests_until=None)


def _post(event: Event, webhook: Webhook) -> int:
    target = targets.parse(webhook.url)
    claims = security_events.claims(event, audience=target.origin)
    return send(claims, webhook, target)


def _log(event: Event, *, status: int = 0, error: str = "") -> None:
    attempt, _ = WebhookAttempt.objects.get_or_create(
        event=event, connection_id=event.connection_id, status=status, error=error
    )
    WebhookAttempt.objects.filter(pk=attempt.pk).update(
        count=F("count") + 1, last_at=timezone.now()
    )


def _absence(webhook: Webhook) -> Exception:
    """Say what it means that a receiver is down: an outage, and at last a failure."""
    since = webhook.down_since
    is_recent = since is None or timezone.now() - since < PATIENCE
    return Outage() if is_recent else GivenUp()


def _rest(webhook: Webhook) -> None:
    """Leave a receiver alone for half as long as it has been down already."""
    now = timezone.now()
    since = webhook.down_since or now
    rest = max(SHORTEST_REST, min((now - since) / 2, LONGEST_REST))
    _set_rest(webhook, down_since=since, rests_until=now + rest)


def _set_rest(
    webhook: Webhook, *, down_since: datetime | None, rests_until: datetime | None
) -> None:
    """Write it where the webhook is still there, and still goes to the same URL."""
    webhook.down_since, webhook.rests_until = down_since, rests_until
    Webhook.objects.filter(pk=webhook.pk, url=webhook.url).update(
        down_since=down_since, rests_until=rests_until
    )
