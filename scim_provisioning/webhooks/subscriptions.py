"""A workspace's webhook: where to, with which key; set, changed and taken away.

Must not know who may: that is the settings page's and the operator's matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from socket import gaierror
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from scim_provisioning import conf
from scim_provisioning.models import Connection, Webhook
from scim_provisioning.webhooks import keys, targets
from scim_provisioning.webhooks.addresses import NotPublic, resolve
from scim_provisioning.webhooks.targets import UnusableUrl

OVERLAP = timedelta(days=7)
"""How long the public key from before is shown after a rotation."""
MOST_FORMER_KEYS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedKey:
    id: str
    public_key: dict[str, Any]
    leaves_at: datetime | None
    """None for the one that signs."""


def find_webhook(connection: Connection) -> Webhook | None:
    return Webhook.objects.filter(pk=connection.pk).first()


def subscribe(connection: Connection, url: str) -> Webhook:
    """Let events go to a URL from now on; a webhook that has a key keeps it.

    Looks the host up, since a mistyped one is better told at once. Raises UnusableUrl.
    """
    target = targets.parse(url)
    try:
        resolve(target.host, target.port)
    except NotPublic as problem:
        raise UnusableUrl(_("The URL leads to an address that is not public.")) from problem
    except gaierror as problem:
        raise UnusableUrl(_("The host of the URL is not found.")) from problem
    return _store(connection, url)


def unsubscribe(connection: Connection) -> bool:
    """Send no more, and forget the key; false if there was no webhook. The log stays."""
    return bool(Webhook.objects.filter(pk=connection.pk).delete()[0])


@transaction.atomic
def rotate_key(connection: Connection, *, overlap: timedelta = OVERLAP) -> Webhook:
    """Sign with a new key from now on; for a while, the old one is still shown to receivers.

    Without an overlap the new key is the only one: the choice where an old one is in wrong hands.
    Raises Webhook.DoesNotExist.
    """
    webhook = Webhook.objects.select_for_update().get(pk=connection.pk)
    leaves_at = timezone.now() + overlap
    webhook.former_keys.create(
        key_id=webhook.key_id, public_key=webhook.public_key, leaves_at=leaves_at
    )
    kept = webhook.former_keys.order_by("-pk")[: MOST_FORMER_KEYS if overlap else 0]
    webhook.former_keys.exclude(pk__in=[key.pk for key in kept]).delete()
    _take_new_key(webhook)
    webhook.save(update_fields=["key_id", "private_key", "public_key"])
    return webhook


def can_sign(webhook: Webhook) -> bool:
    """Tell whether the private key can be read under this SECRET_KEY."""
    try:
        keys.read_key(webhook.private_key)
    except keys.UnreadableKey:
        return False
    return True


def published_keys(webhook: Webhook) -> list[PublishedKey]:
    """List the public keys that receivers are shown: the one that signs, then former ones."""
    former = webhook.former_keys.filter(leaves_at__gt=timezone.now()).order_by("-pk")
    return [
        PublishedKey(id=webhook.key_id, public_key=webhook.public_key, leaves_at=None),
        *(
            PublishedKey(id=key.key_id, public_key=key.public_key, leaves_at=key.leaves_at)
            for key in former
        ),
    ]


def public_keys(webhook: Webhook) -> dict[str, Any]:
    """Give the JWKS for the receiver (RFC 7517 §5)."""
    return {"keys": [key.public_key for key in published_keys(webhook)]}


def find_public_keys(public_id: UUID) -> dict[str, Any] | None:
    """Give the JWKS of the connection with this public id; None where there is no webhook."""
    webhook = Webhook.objects.filter(connection__public_id=public_id).first()
    return public_keys(webhook) if webhook else None


def keys_url(connection: Connection) -> str:
    """Where the receiver finds the JWKS, without a token."""
    path = reverse("scim_provisioning:keys", kwargs={"connection": connection.public_id})
    return conf.base_url() + path.rstrip("/")


@transaction.atomic
def _store(connection: Connection, url: str) -> Webhook:
    Connection.objects.select_for_update().get(pk=connection.pk)
    webhook = find_webhook(connection) or Webhook(connection=connection)
    webhook.url = url
    webhook.down_since = webhook.rests_until = webhook.tested_at = None
    if not webhook.private_key:
        _take_new_key(webhook)
    webhook.save()
    return webhook


def _take_new_key(webhook: Webhook) -> None:
    pair = keys.new_key()
    webhook.key_id, webhook.private_key = pair.id, pair.private_key
    webhook.public_key = pair.public_key
