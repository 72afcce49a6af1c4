"""What the webhook's page shows: the state, the receiver's keys, what was sent.

Must not know a request or a template.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scim_provisioning.models import Connection, Delivery, Webhook, WebhookAttempt
from scim_provisioning.models.outbox import open_events
from scim_provisioning.webhooks import subscriptions
from scim_provisioning.webhooks.delivery import ACKNOWLEDGEMENTS, LABEL
from scim_provisioning.webhooks.security_events import MEANINGS

_LINES = 50

_PROBLEMS: Mapping[str, str | Promise] = {
    "gaierror": _("the host is not found"),
    "TimeoutError": _("no answer in time"),
    "ConnectionRefusedError": _("nobody listens there"),
    "ConnectionResetError": _("the receiver hung up"),
    "SSLCertVerificationError": _("the certificate is not valid"),
    "NotPublic": _("the address is not public"),
    "NoStatus": _("the answer is not HTTP"),
    "UnusableUrl": _("the URL can’t be used"),
    "UnreadableKey": _("the key can’t be read"),
}
"""By class: what went wrong instead of an answer."""


class Condition(StrEnum):
    NOTHING_SENT = "nothing-sent"
    HEALTHY = "healthy"
    DOWN = "down"
    """Does not answer; it rests between attempts."""
    REFUSED = "refused"
    """Answered the last event, and did not accept it, or could not be reached as it should."""
    NO_KEY = "no-key"
    """Nothing can be signed until the key is rotated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    id: str
    leaves_at: datetime | None
    """None for the one that signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of sending something."""

    status: int
    """Of the answer; 0 if there was none."""
    problem: str
    """What happened instead of an answer, in words; "" if there was one."""
    is_accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    at: datetime
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """How often an event met one outcome."""

    event_id: int
    """The token's `jti`."""
    event: str
    kind: str
    """`user`, `group`."""
    scim_id: str
    result: Result
    count: int
    first_at: datetime
    last_at: datetime
    state: str
    """What becomes of the event: `OPEN`, `DONE` or `PARKED`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    url: str
    since: datetime
    condition: Condition
    down_since: datetime | None
    rests_until: datetime | None
    waiting: int
    """Events that have not arrived yet."""
    test: Test | None
    keys_url: str
    keys: Sequence[PublicKey]
    """The one that signs comes first."""
    jwks: str
    """The JSON text of what `keys_url` gives."""

    @property
    def key_id(self) -> str:
        return self.keys[0].id


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookOverview:
    receiver: Receiver | None
    attempts: Sequence[Attempt]
    """The latest first; also those from before the webhook was removed."""


def look_at_webhook(connection: Connection) -> WebhookOverview:
    """Gather all that the page shows; the number of queries does not depend on the data."""
    attempts = _attempts(connection)
    webhook = subscriptions.find_webhook(connection)
    receiver = None if webhook is None else _receiver(connection, webhook, attempts)
    return WebhookOverview(receiver=receiver, attempts=attempts)


def result(status: int, error: str) -> Result:
    """Say in words what came of sending something."""
    problem = str(_PROBLEMS.get(error, _("the receiver could not be reached"))) if error else ""
    return Result(status=status, problem=problem, is_accepted=status in ACKNOWLEDGEMENTS)


def _receiver(connection: Connection, webhook: Webhook, attempts: Sequence[Attempt]) -> Receiver:
    now = timezone.now()
    tested = webhook.tested_at
    test = None
    if tested is not None:
        test = Test(at=tested, result=result(webhook.test_status, webhook.test_error))
    published = subscriptions.published_keys(webhook)
    return Receiver(
        url=webhook.url,
        since=webhook.created_at,
        condition=_condition(webhook, test, attempts),
        down_since=webhook.down_since,
        rests_until=webhook.rests_until if webhook.is_resting(now) else None,
        waiting=_waiting(connection),
        test=test,
        keys_url=subscriptions.keys_url(connection),
        keys=[PublicKey(id=key.id, leaves_at=key.leaves_at) for key in published],
        jwks=_jwks([key.public_key for key in published]),
    )


def _condition(webhook: Webhook, test: Test | None, attempts: Sequence[Attempt]) -> Condition:
    if not subscriptions.can_sign(webhook):
        return Condition.NO_KEY
    if webhook.down_since is not None:
        return Condition.DOWN
    results = [(each.last_at, each.result.is_accepted) for each in attempts[:1]]
    if test is not None:
        results.append((test.at, test.result.is_accepted))
    if not results:
        return Condition.NOTHING_SENT
    _at, is_accepted = max(results)
    return Condition.HEALTHY if is_accepted else Condition.REFUSED


def _waiting(connection: Connection) -> int:
    """Count the events that wait, for the receiver or for an earlier one of the same key."""
    settled = Delivery.objects.filter(
        connection=connection, event=OuterRef("pk"), handler=LABEL
    ).exclude(state=Delivery.State.OPEN)
    told = open_events().filter(connection=connection, name__in=list(MEANINGS))
    return told.filter(~Exists(settled)).count()


def _attempts(connection: Connection) -> list[Attempt]:
    latest = connection.webhook_attempts.select_related("event").order_by("-last_at", "-pk")
    attempts = list(latest[:_LINES])
    deliveries = Delivery.objects.filter(
        connection=connection, handler=LABEL, event__in={each.event_id for each in attempts}
    )
    states = dict(deliveries.values_list("event", "state"))
    return [_attempt(each, states.get(each.event_id, "")) for each in attempts]


def _attempt(attempt: WebhookAttempt, state: str) -> Attempt:
    event = attempt.event
    return Attempt(
        event_id=event.pk,
        event=event.name,
        kind=event.key.partition(":")[0],
        scim_id=str(event.payload.get("scim_id", "")),
        result=result(attempt.status, attempt.error),
        count=attempt.count,
        first_at=attempt.first_at,
        last_at=attempt.last_at,
        state=state,
    )


def _jwks(keys: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps({"keys": keys}, sort_keys=True)
