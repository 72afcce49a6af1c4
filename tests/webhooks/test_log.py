"""The log of attempts: time, status, error; kept as long as the event is."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from scim_provisioning.models import Event, Webhook, WebhookAttempt
from scim_provisioning.outbox.housekeeping import purge_events
from scim_provisioning.webhooks import subscriptions
from tests.api.client import Directory
from tests.webhooks.receiver import Receiver
from tests.webhooks.telling import tell, tell_again


def outcomes(event: Event) -> list[tuple[int, str, int]]:
    attempts = event.webhook_attempts.order_by("pk")
    return [(each.status, each.error, each.count) for each in attempts]


def test_each_outcome_of_an_event_is_one_row(
    directory: Directory, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.answers = [503, 503, 400]

    event = tell(directory.connection)
    for _ in range(3):
        tell_again(event)

    assert outcomes(event) == [(503, "", 2), (400, "", 1), (202, "", 1)]
    [row] = event.webhook_attempts.filter(status=503)
    assert event.created_at <= row.first_at < row.last_at


def test_it_goes_with_its_event(directory: Directory, webhook: Webhook, receiver: Receiver) -> None:
    event = tell(directory.connection)
    Event.objects.filter(pk=event.pk).update(done_at=timezone.now() - timedelta(days=31))

    purge_events()

    assert not WebhookAttempt.objects.exists()


def test_it_outlives_the_webhook(
    directory: Directory, webhook: Webhook, receiver: Receiver
) -> None:
    event = tell(directory.connection)

    subscriptions.unsubscribe(directory.connection)

    assert outcomes(event) == [(202, "", 1)]
