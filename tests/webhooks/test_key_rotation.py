"""A rotation breaks no receiver that still knows the old public key only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.utils import timezone

from scim_provisioning.models import FormerKey, Webhook
from scim_provisioning.outbox.housekeeping import purge_former_keys
from scim_provisioning.webhooks import subscriptions
from scim_provisioning.webhooks.subscriptions import MOST_FORMER_KEYS
from tests.api.client import Directory
from tests.webhooks.receiver import Received, Receiver
from tests.webhooks.telling import tell


def key_ids(webhook: Webhook) -> list[str]:
    return [key["kid"] for key in subscriptions.public_keys(webhook)["keys"]]


def verified(received: Received, keys: dict[str, Any], receiver: Receiver) -> dict[str, Any]:
    key = jwt.PyJWKSet.from_dict(keys)[received.header["kid"]]
    claims: dict[str, Any] = jwt.decode(
        received.body, key, algorithms=["ES256"], audience=receiver.origin
    )
    return claims


def test_what_was_signed_before_and_after_is_verified_with_the_same_keys(
    directory: Directory, webhook: Webhook, receiver: Receiver
) -> None:
    tell(directory.connection)
    subscriptions.rotate_key(directory.connection)
    tell(directory.connection)

    before, after = receiver.received
    keys = subscriptions.public_keys(Webhook.objects.get())
    assert before.header["kid"] != after.header["kid"]
    assert verified(before, keys, receiver) == before.claims
    assert verified(after, keys, receiver) == after.claims


def test_a_former_key_can_t_sign(directory: Directory, webhook: Webhook) -> None:
    subscriptions.rotate_key(directory.connection)

    assert webhook.private_key not in str(list(FormerKey.objects.values()))
    assert Webhook.objects.get().private_key != webhook.private_key


def test_a_former_key_is_shown_for_a_week(
    directory: Directory, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    rotated = subscriptions.rotate_key(directory.connection)

    shown = {}
    for days in (6.9, 7.1):
        later = now + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda later=later: later)
        shown[days] = key_ids(rotated)

    assert shown == {6.9: [rotated.key_id, webhook.key_id], 7.1: [rotated.key_id]}


def test_housekeeping_deletes_what_is_no_longer_shown(
    directory: Directory, webhook: Webhook
) -> None:
    subscriptions.rotate_key(directory.connection)
    subscriptions.rotate_key(directory.connection)
    FormerKey.objects.filter(key_id=webhook.key_id).update(leaves_at=timezone.now())

    assert (purge_former_keys(), purge_former_keys()) == (1, 0)
    assert FormerKey.objects.exclude(key_id=webhook.key_id).count() == 1


def test_without_an_overlap_the_new_key_is_the_only_one(
    directory: Directory, webhook: Webhook
) -> None:
    subscriptions.rotate_key(directory.connection)

    rotated = subscriptions.rotate_key(directory.connection, overlap=timedelta(0))

    assert key_ids(rotated) == [rotated.key_id]
    assert not FormerKey.objects.exists()


def test_the_oldest_make_room_for_who_rotates_all_day(
    directory: Directory, webhook: Webhook
) -> None:
    signed_with = [webhook.key_id]
    for _ in range(MOST_FORMER_KEYS + 2):
        rotated = subscriptions.rotate_key(directory.connection)
        signed_with.insert(0, rotated.key_id)

    assert key_ids(rotated) == signed_with[: MOST_FORMER_KEYS + 1]


def test_another_url_keeps_former_keys_and_a_removal_forgets_them(
    directory: Directory, webhook: Webhook, receiver: Receiver
) -> None:
    rotated = subscriptions.rotate_key(directory.connection)
    moved = subscriptions.subscribe(directory.connection, f"{receiver.origin}/elsewhere")
    kept = key_ids(moved)

    subscriptions.unsubscribe(directory.connection)

    assert kept == [rotated.key_id, webhook.key_id]
    assert not FormerKey.objects.exists()
