"""A receiver that is down: no attempt is counted, it rests, and in the end it is given up."""

from __future__ import annotations

import pytest
from django.utils import timezone

from scim_provisioning.models import Webhook
from scim_provisioning.webhooks import subscriptions
from tests.api.client import Directory
from tests.outbox.happening import MIA, deliver_now
from tests.webhooks.receiver import Receiver
from tests.webhooks.telling import Names, delivery, down_for, tell, tell_again


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_server_in_trouble_costs_no_attempt(
    directory: Directory, webhook: Webhook, receiver: Receiver, status: int
) -> None:
    receiver.answers = [status]

    event = tell(directory.connection)

    assert delivery(event).attempts == 0
    assert "Outage" in delivery(event).error


def test_nobody_listening_costs_no_attempt(
    directory: Directory, webhook: Webhook, receiver: Receiver
) -> None:
    webhook.url = "http://127.0.0.1:1/"
    webhook.save()

    event = tell(directory.connection)

    assert delivery(event).attempts == 0
    assert [each.error for each in event.webhook_attempts.all()] == ["ConnectionRefusedError"]


def test_a_name_that_is_not_found_costs_no_attempt(
    directory: Directory, receiver: Receiver, names: Names
) -> None:
    names.addresses["hooks.example"] = ["127.0.0.1", "hooks.invalid"]
    subscriptions.subscribe(directory.connection, f"http://hooks.example:{receiver.port}/")

    event = tell(directory.connection)

    assert delivery(event).attempts == 0
    assert [each.error for each in event.webhook_attempts.all()] == ["gaierror"]


def test_while_it_rests_nothing_is_sent(
    directory: Directory, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.answers = [503]

    of_ben = tell(directory.connection)
    of_mia = tell(directory.connection, to=MIA)
    deliver_now(of_ben)

    assert len(receiver.received) == 1
    assert delivery(of_ben).attempts == delivery(of_mia).attempts == 0


def test_it_rests_longer_the_longer_it_is_down(
    directory: Directory, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.answers = [503] * 4
    event = tell(directory.connection)
    rests = []

    for minutes in (0, 10, 1000):
        down_for(webhook, minutes=minutes)
        now = timezone.now()
        tell_again(event)
        webhook.refresh_from_db()
        assert webhook.rests_until is not None
        rests.append((webhook.rests_until - now).total_seconds())

    assert rests == pytest.approx([15, 300, 900], abs=5)


def test_once_it_answers_it_is_up_again(
    directory: Directory, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.answers = [503]
    event = tell(directory.connection)

    tell_again(event)

    webhook.refresh_from_db()
    assert event.done_at is not None
    assert (webhook.down_since, webhook.rests_until) == (None, None)


def test_after_three_days_what_waits_for_it_counts(
    directory: Directory, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.answers = [503]
    down_for(webhook, days=3, minutes=1)

    event = tell(directory.connection)
    deliver_now(event)

    assert delivery(event).attempts == 2
    assert "GivenUp" in delivery(event).error
    assert len(receiver.received) == 1
