"""An event is sent until it is acknowledged (RFC 8935), and never anywhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import override_settings

from scim_provisioning.models import Delivery, Event, Webhook
from scim_provisioning.outbox import EventName
from scim_provisioning.outbox.delivery import MOST_ATTEMPTS
from scim_provisioning.webhooks import subscriptions
from tests.api.client import Directory, connect, statements
from tests.outbox.happening import happen
from tests.people import Globex
from tests.webhooks.receiver import Receiver, listening
from tests.webhooks.telling import delivery, tell, tell_again


class TestAcknowledged:
    @pytest.mark.parametrize("status", [200, 202, 204])
    def test_a_2xx_is_the_acknowledgement(
        self, directory: Directory, webhook: Webhook, receiver: Receiver, status: int
    ) -> None:
        receiver.answers = [status]

        event = tell(directory.connection)

        assert event.done_at is not None
        assert delivery(event).attempts == 1

    def test_it_is_posted_as_a_token(
        self, directory: Directory, webhook: Webhook, receiver: Receiver
    ) -> None:
        """RFC 8935 §2.1."""
        tell(directory.connection)

        [received] = receiver.received
        assert received.path == "/events?from=acme"
        assert received.headers["Content-Type"] == "application/secevent+jwt"
        assert received.headers["Accept"] == "application/json"
        assert received.headers["Host"] == f"127.0.0.1:{receiver.port}"

    def test_what_is_sent_again_is_the_same_event(
        self, directory: Directory, webhook: Webhook, receiver: Receiver
    ) -> None:
        receiver.answers = [503, 400]

        event = tell(directory.connection)
        tell_again(event)
        tell_again(event)

        first, second, third = receiver.received
        assert first.claims == second.claims == third.claims
        assert event.done_at is not None

    def test_without_a_broker_it_is_sent_right_after_the_commit(
        self,
        directory: Directory,
        webhook: Webhook,
        receiver: Receiver,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            directory.create_group("Sales")

        assert len(receiver.received) == 1

    def test_it_costs_the_request_no_statement(
        self, directory: Directory, receiver: Receiver
    ) -> None:
        directory.create_group("Sales")  # the first use of a token is written down
        with statements() as without:
            directory.create_group("Marketing")

        subscriptions.subscribe(directory.connection, receiver.url)
        with statements() as with_webhook:
            directory.create_group("Support staff")

        assert len(with_webhook) == len(without)


class TestNotAcknowledged:
    @pytest.mark.parametrize("status", [400, 401, 404, 410])
    def test_a_refusal_is_an_attempt(
        self, directory: Directory, webhook: Webhook, receiver: Receiver, status: int
    ) -> None:
        receiver.answers = [status]

        event = tell(directory.connection)

        assert delivery(event).attempts == 1
        assert delivery(event).state == Delivery.State.OPEN
        assert "NotAccepted" in delivery(event).error

    def test_after_twenty_refusals_it_is_parked(
        self, directory: Directory, webhook: Webhook, receiver: Receiver
    ) -> None:
        receiver.answers = [400] * 30

        event = tell(directory.connection)
        for _ in range(MOST_ATTEMPTS + 5):
            tell_again(event)

        assert event.parked_at is not None
        assert len(receiver.received) == MOST_ATTEMPTS

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_a_redirect_is_a_refusal_and_is_not_followed(
        self, directory: Directory, webhook: Webhook, receiver: Receiver, status: int
    ) -> None:
        with listening() as elsewhere:
            receiver.answers, receiver.location = [status], elsewhere.url

            event = tell(directory.connection)

            assert elsewhere.received == []
        assert delivery(event).attempts == 1


class TestWhere:
    def test_without_a_webhook_nothing_is_left_to_do(self, directory: Directory) -> None:
        [event] = happen(directory.connection, EventName.MEMBER_UPDATED)

        assert event.done_at is not None

    def test_a_webhook_that_is_taken_away_ends_what_was_open(
        self, directory: Directory, webhook: Webhook, receiver: Receiver
    ) -> None:
        receiver.answers = [400]
        event = tell(directory.connection)

        subscriptions.unsubscribe(directory.connection)
        tell_again(event)

        assert event.done_at is not None
        assert len(receiver.received) == 1

    def test_what_is_open_goes_to_the_new_url(
        self, directory: Directory, webhook: Webhook, receiver: Receiver
    ) -> None:
        receiver.answers = [400]
        event = tell(directory.connection)

        with listening() as elsewhere:
            subscriptions.subscribe(directory.connection, elsewhere.url)
            tell_again(event)

        [received] = elsewhere.received
        assert received.claims["aud"] == elsewhere.origin

    def test_a_key_that_can_t_be_read_is_a_failure_that_the_log_shows(
        self, directory: Directory, webhook: Webhook, receiver: Receiver
    ) -> None:
        with override_settings(SECRET_KEY="another"):
            event = tell(directory.connection)

        assert delivery(event).attempts == 1
        assert [each.error for each in event.webhook_attempts.all()] == ["UnreadableKey"]

    def test_another_tenant_s_events_go_elsewhere(
        self, directory: Directory, webhook: Webhook, receiver: Receiver, globex: Globex
    ) -> None:
        other = connect(globex.workspace)
        other.create_group("Sales")

        assert not Event.objects.filter(connection=other.connection, done_at=None).exists()
        assert receiver.received == []
