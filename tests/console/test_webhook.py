"""The webhook's page: an address is set, tested, watched and removed."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from scim_provisioning import connections
from scim_provisioning.console.webhook import look_at_webhook
from scim_provisioning.models import Connection, Event, Webhook, WebhookAttempt
from scim_provisioning.outbox import EventName
from scim_provisioning.webhooks import subscriptions
from scim_provisioning.webhooks.verification import PAUSE
from tests import people
from tests.api.client import statements
from tests.console.conftest import PAGE
from tests.console.receiving import inside
from tests.outbox.happening import happen
from tests.webhooks.receiver import Receiver
from tests.webhooks.telling import tell, tell_again
from workspace.services import workspaces

HOOK = f"{PAGE}webhook/"
VERIFICATION = "https://schemas.openid.net/secevent/ssf/event-type/verification"


def shown(client: Client) -> str:
    return " ".join(client.get(HOOK).content.decode().split())


class TestAddress:
    def test_it_is_set_and_shown_with_the_keys(
        self, owner: Client, connection: Connection, receiver: Receiver
    ) -> None:
        answer = owner.post(f"{HOOK}address/", {"url": receiver.url}, follow=True)

        webhook = Webhook.objects.get()
        text = answer.content.decode()
        assert (webhook.connection, webhook.url) == (connection, receiver.url)
        assert "Events go to this address from now on." in text
        assert f"{connection.base_url}/.well-known/jwks.json" in text
        assert webhook.public_key["x"] in text
        assert "Nothing sent yet" in text

    @pytest.mark.parametrize(
        ("url", "sentence"),
        [
            ("", "This field is required."),
            ("http://hooks.example/", "has to begin with https://"),
            ("https://169.254.169.254/latest/", "leads to an address that is not public"),
            ("https://[::ffff:10.0.0.1]/", "leads to an address that is not public"),
            ("https://localhost/", "leads to an address that is not public"),
            ("https://hooks.invalid/", "host of the URL is not found"),
            ("https://me@hooks.example/", "neither a user name nor a fragment"),
            ("https://hooks.example/" + "x" * 500, "at most 500 characters"),
        ],
    )
    def test_one_that_can_t_be_used_is_refused_at_its_field(
        self, url: str, sentence: str, owner: Client, connection: Connection
    ) -> None:
        page = owner.post(f"{HOOK}address/", {"url": url})

        assert page.status_code == 422
        assert sentence in " ".join(page.context["webhook_form"].errors["url"])
        assert not Webhook.objects.exists()

    def test_without_the_password_no_host_is_looked_up(
        self, acme: people.Acme, connection: Connection
    ) -> None:
        client = Client()
        assert acme.olivia.user is not None
        client.force_login(acme.olivia.user)

        page = client.post(f"{HOOK}address/", {"url": "https://169.254.169.254/"})

        assert page.context["webhook_form"].errors == {"password": ["Enter your password."]}
        assert not Webhook.objects.exists()

    def test_another_one_forgets_what_the_former_answered(
        self, owner: Client, webhook: Webhook, receiver: Receiver
    ) -> None:
        owner.post(f"{HOOK}test/")

        owner.post(f"{HOOK}address/", {"url": f"{receiver.origin}/elsewhere"})

        assert "Nothing sent yet" in shown(owner)

    def test_without_the_plan_none_is_set(
        self, owner: Client, acme: people.Acme, webhook: Webhook, receiver: Receiver
    ) -> None:
        workspaces.change_plan(workspace=acme.workspace, plan="PRO")

        answers = [
            owner.post(f"{HOOK}address/", {"url": f"{receiver.origin}/elsewhere"}),
            owner.post(f"{HOOK}test/"),
        ]

        assert [answer.status_code for answer in answers] == [403, 403]
        assert Webhook.objects.get().url == receiver.url
        assert receiver.received == []
        assert "Save the address" not in shown(owner)

    def test_while_provisioning_is_disabled_none_is_set(
        self, owner: Client, connection: Connection, receiver: Receiver
    ) -> None:
        connections.disable(connection)

        page = owner.post(f"{HOOK}address/", {"url": receiver.url})

        assert page.status_code == 409
        assert "provisioning is disabled" in page.content.decode()
        assert not Webhook.objects.exists()


class TestTestEvent:
    def test_it_is_signed_and_says_only_that_it_arrived(
        self, owner: Client, connection: Connection, webhook: Webhook, receiver: Receiver
    ) -> None:
        answer = owner.post(f"{HOOK}test/", follow=True)

        [received] = receiver.received
        assert received.header["kid"] == webhook.key_id
        assert received.claims["events"] == {VERIFICATION: {}}
        assert received.claims["sub_id"] == {"format": "opaque", "id": str(connection.public_id)}
        assert "has accepted the test event" in answer.content.decode()
        assert "The receiver accepted the last event." in shown(owner)
        assert not Event.objects.filter(name__startswith="member").exists()

    @pytest.mark.parametrize(("status", "why"), [(403, "403"), (302, "302"), (500, "500")])
    def test_a_refusal_is_told(
        self, status: int, why: str, owner: Client, webhook: Webhook, receiver: Receiver
    ) -> None:
        receiver.answers = [status]

        page = owner.post(f"{HOOK}test/")

        assert f"has not accepted the test event: {why}." in page.content.decode()
        assert "did not accept the last event" in shown(owner)

    def test_who_does_not_listen_is_told(self, owner: Client, webhook: Webhook) -> None:
        Webhook.objects.update(url="http://127.0.0.1:1/")

        page = owner.post(f"{HOOK}test/")

        assert "nobody listens there" in page.content.decode()

    def test_an_address_that_leads_inside_by_now_is_not_asked(
        self, owner: Client, webhook: Webhook, receiver: Receiver
    ) -> None:
        with inside(WEBHOOK_PRIVATE_ADDRESSES=False):
            page = owner.post(f"{HOOK}test/")

        assert "the address is not public" in page.content.decode()
        assert receiver.received == []

    def test_a_second_one_has_to_wait(
        self, owner: Client, webhook: Webhook, receiver: Receiver
    ) -> None:
        owner.post(f"{HOOK}test/")

        early = owner.post(f"{HOOK}test/")
        with patch.object(timezone, "now", return_value=timezone.now() + PAUSE):
            owner.post(f"{HOOK}test/")

        assert early.status_code == 409
        assert "less than ten seconds old" in early.content.decode()
        assert len(receiver.received) == 2

    def test_one_that_arrives_ends_the_rest_of_the_receiver(
        self, owner: Client, connection: Connection, webhook: Webhook, receiver: Receiver
    ) -> None:
        receiver.answers = [503]
        tell(connection)
        before = shown(owner)

        owner.post(f"{HOOK}test/")

        assert "The receiver has not answered since" in before
        assert Webhook.objects.get().rests_until is None

    def test_without_a_webhook_there_is_nothing_to_test(
        self, owner: Client, connection: Connection
    ) -> None:
        page = owner.post(f"{HOOK}test/")

        assert page.status_code == 409
        assert "there is no webhook" in page.content.decode()


class TestLog:
    def test_an_event_is_listed_with_what_became_of_it(
        self, owner: Client, connection: Connection, webhook: Webhook, receiver: Receiver
    ) -> None:
        receiver.answers = [503, 400]
        event = tell(connection)
        tell_again(event)

        first, second = look_at_webhook(connection).attempts

        assert [each.result.status for each in (first, second)] == [400, 503]
        assert {each.event for each in (first, second)} == {"member.updated"}
        assert {each.event_id for each in (first, second)} == {event.pk}
        assert {each.state for each in (first, second)} == {"OPEN"}
        assert event.payload["scim_id"] in shown(owner)

    def test_what_waits_is_counted(
        self, connection: Connection, webhook: Webhook, receiver: Receiver
    ) -> None:
        receiver.answers = [202, 503]
        tell(connection)
        tell(connection)
        happen(Connection.objects.get(), EventName.MEMBER_UPDATED, EventName.TOKEN_CREATED)

        found = look_at_webhook(connection).receiver

        assert found is not None
        assert found.waiting == 2

    def test_a_long_one_takes_no_more_statements(
        self, owner: Client, connection: Connection, webhook: Webhook
    ) -> None:
        tell(connection)
        with statements() as few:
            owner.get(HOOK)
        for _ in range(3):
            tell(connection)
            subscriptions.rotate_key(connection)
        with statements() as many:
            owner.get(HOOK)

        assert len(few) == len(many)

    def test_another_workspaces_is_not_shown(
        self, owner: Client, webhook: Webhook, globex: people.Globex, receiver: Receiver
    ) -> None:
        other, _token = connections.enable(globex.workspace)
        theirs = subscriptions.subscribe(other, f"{receiver.origin}/globex")
        event = tell(other)

        text = shown(owner)

        assert WebhookAttempt.objects.get().connection == other
        assert theirs.key_id not in text
        assert str(event.payload["scim_id"]) not in text

    def test_a_key_that_can_t_be_read_is_told(
        self, connection: Connection, webhook: Webhook
    ) -> None:
        with override_settings(SECRET_KEY="another"):
            found = look_at_webhook(connection).receiver

        assert found is not None
        assert found.condition == "no-key"


class TestKeys:
    def test_a_rotated_one_stands_before_the_old_one_for_as_long_as_chosen(
        self, owner: Client, connection: Connection, webhook: Webhook
    ) -> None:
        owner.post(f"{HOOK}rotate/", {"key_id": webhook.key_id, "old_one_leaves_after": "1"})

        found = look_at_webhook(connection).receiver
        assert found is not None
        new, old = found.keys
        assert new.id != old.id == webhook.key_id
        assert new.leaves_at is None and old.leaves_at is not None
        assert abs(old.leaves_at - timezone.now() - timedelta(days=1)) < timedelta(minutes=1)

    def test_the_old_one_can_go_at_once(
        self, owner: Client, connection: Connection, webhook: Webhook
    ) -> None:
        owner.post(f"{HOOK}rotate/", {"key_id": webhook.key_id, "old_one_leaves_after": "0"})

        assert webhook.key_id not in shown(owner)

    def test_a_form_sent_twice_rotates_once(
        self, owner: Client, connection: Connection, webhook: Webhook
    ) -> None:
        forms = {"key_id": webhook.key_id}
        answers = [owner.post(f"{HOOK}rotate/", forms) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [302, 409]
        assert Webhook.objects.get().former_keys.count() == 1

    def test_the_private_one_is_nowhere(self, owner: Client, webhook: Webhook) -> None:
        text = shown(owner)

        assert "PRIVATE" not in text
        assert webhook.private_key.splitlines()[1] not in text


class TestRemoval:
    def test_nothing_is_sent_any_more_and_the_log_stays(
        self, owner: Client, connection: Connection, webhook: Webhook, receiver: Receiver
    ) -> None:
        event = tell(connection)

        answer = owner.post(f"{HOOK}remove/", follow=True)

        assert "The webhook is removed" in answer.content.decode()
        assert str(event.payload["scim_id"]) in answer.content.decode()
        assert not Webhook.objects.exists()

    def test_it_works_without_the_plan(
        self, owner: Client, acme: people.Acme, webhook: Webhook
    ) -> None:
        workspaces.change_plan(workspace=acme.workspace, plan="PRO")

        owner.post(f"{HOOK}remove/")

        assert not Webhook.objects.exists()


@pytest.mark.parametrize("deed", ["address", "rotate", "remove"])
def test_it_takes_the_password(
    deed: str, acme: people.Acme, webhook: Webhook, receiver: Receiver
) -> None:
    client = Client()
    assert acme.olivia.user is not None
    client.force_login(acme.olivia.user)
    before = Webhook.objects.values().get()
    filled = {"url": f"{receiver.origin}/elsewhere", "key_id": webhook.key_id}

    refused = client.post(f"{HOOK}{deed}/", filled)
    unchanged = Webhook.objects.values().get()
    done = client.post(f"{HOOK}{deed}/", {**filled, "password": people.PASSWORD})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert unchanged == before
    assert list(Webhook.objects.values()) != [before]


def test_before_provisioning_was_ever_enabled_there_is_no_page(
    owner: Client, acme: people.Acme
) -> None:
    assert owner.get(HOOK)["Location"] == PAGE
