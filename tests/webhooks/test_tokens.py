"""What a receiver gets: a signed security event token that holds ids only."""

from __future__ import annotations

import jwt
import pytest
from django.test import override_settings

from scim_provisioning.models import Webhook
from scim_provisioning.outbox import EventName
from scim_provisioning.webhooks import security_events, subscriptions
from scim_provisioning.webhooks.keys import UnreadableKey, read_key
from tests.api.client import Directory, operation
from tests.outbox.happening import BEN
from tests.webhooks.receiver import Receiver
from tests.webhooks.telling import tell, tell_everything

PROV = "urn:ietf:params:scim:event:prov"


class TestSignature:
    def test_it_is_verified_with_the_public_keys(
        self, directory: Directory, webhook: Webhook, receiver: Receiver
    ) -> None:
        tell(directory.connection)

        [received] = receiver.received
        kid = received.header["kid"]
        claims = jwt.decode(
            received.body,
            jwt.PyJWKSet.from_dict(subscriptions.public_keys(webhook))[kid],
            algorithms=["ES256"],
            audience=receiver.origin,
            issuer="http://127.0.0.1:8000",
        )
        assert claims == received.claims
        assert received.header == {"typ": "secevent+jwt", "alg": "ES256", "kid": kid}

    def test_the_published_key_has_no_private_part(self, webhook: Webhook) -> None:
        [key] = subscriptions.public_keys(webhook)["keys"]

        assert key.keys() == {"kty", "crv", "x", "y", "kid", "alg", "use"}


class TestPrivateKey:
    def test_a_copy_of_the_database_alone_does_not_sign(self, webhook: Webhook) -> None:
        assert "ENCRYPTED" in webhook.private_key

        with override_settings(SECRET_KEY="another"), pytest.raises(UnreadableKey):
            read_key(webhook.private_key)

    def test_it_outlives_a_change_of_the_secret_key(self, webhook: Webhook) -> None:
        with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=["test-only"]):
            assert subscriptions.can_sign(webhook)

        with override_settings(SECRET_KEY="another"):
            assert not subscriptions.can_sign(webhook)


class TestClaims:
    def test_they_name_the_issuer_the_audience_and_the_subject(
        self, directory: Directory, webhook: Webhook, receiver: Receiver
    ) -> None:
        """RFC 8417 §2.2, RFC 9967 §2.1."""
        event = tell(directory.connection, EventName.MEMBER_DEACTIVATED)

        [received] = receiver.received
        assert received.claims == {
            "iss": "http://127.0.0.1:8000",
            "aud": receiver.origin,
            "iat": int(event.created_at.timestamp()),
            "jti": str(event.pk),
            "txn": event.correlation_id,
            "sub_id": {"format": "scim", "uri": f"/Users/{BEN}"},
            "events": {f"{PROV}:deactivate": {}},
        }

    def test_a_notice_names_the_attributes_that_changed(
        self, directory: Directory, webhook: Webhook, receiver: Receiver
    ) -> None:
        """RFC 9967 §2.4.2."""
        ben = directory.user_id("ben@acme.example")
        directory.patch(f"/Users/{ben}", operation("replace", "title", "Carpenter"))
        directory.patch(f"/Users/{ben}", operation("replace", "title", "Joiner"))

        tell_everything()

        assert [each.claims["events"] for each in receiver.received] == [
            {"urn:ietf:params:scim:event:feed:add": {}},
            {f"{PROV}:patch:notice": {"attributes": ["title"]}},
        ]

    def test_a_group_is_told_as_a_group(
        self, directory: Directory, webhook: Webhook, receiver: Receiver
    ) -> None:
        group = directory.create_group("Sales")
        directory.delete(f"/Groups/{group['id']}")

        tell_everything()

        assert [each.claims["sub_id"]["uri"] for each in receiver.received] == [
            f"/Groups/{group['id']}",
            f"/Groups/{group['id']}",
        ]
        assert f"{PROV}:delete" in receiver.received[-1].claims["events"]

    def test_they_hold_nothing_personal(
        self, directory: Directory, webhook: Webhook, receiver: Receiver
    ) -> None:
        nia = directory.create_user(
            "nia@acme.example", externalId="Hidden-1", displayName="Hidden-2", title="Hidden-3"
        )
        directory.create_group("Hidden-4", nia["id"], externalId="Hidden-5")
        directory.patch(f"/Users/{nia['id']}", operation("replace", "title", "Hidden-6"))

        tell_everything()

        told = str([each.claims for each in receiver.received])
        assert len(receiver.received) >= 3
        assert "Hidden" not in told and "nia" not in told


def test_everything_about_people_and_groups_is_told_and_nothing_else() -> None:
    told = {name for name in EventName if name.startswith(("member.", "group."))}

    assert security_events.MEANINGS.keys() == told
