"""A workspace's webhook: where to, with which key; set, changed and taken away.

Must not know who may: that is the settings page's and the operator's matter.
"""

from __future__ import annotations

from socket import gaierror
from typing import Any

from django.db import transaction

from scim_provisioning.models import Connection, Webhook
from scim_provisioning.webhooks import keys, targets
from scim_provisioning.webhooks.addresses import NotPublic, resolve
from scim_provisioning.webhooks.targets import UnusableUrl


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
        raise UnusableUrl("The URL leads to an address that is not public.") from problem
    except gaierror as problem:
        raise UnusableUrl("The host of the URL is not found.") from problem
    return _store(connection, url)


def unsubscribe(connection: Connection) -> bool:
    """Send no more, and forget the key; false if there was no webhook. The log stays."""
    deleted, _ = Webhook.objects.filter(pk=connection.pk).delete()
    return bool(deleted)


def rotate_key(webhook: Webhook) -> None:
    """Sign with a new key from now on; what the old one has signed stays as it is."""
    webhook.key_id, webhook.private_key = keys.new_key()
    webhook.save(update_fields=["key_id", "private_key"])


def public_keys(webhook: Webhook) -> dict[str, Any]:
    """Give the JWKS for the receiver; raises UnreadableKey."""
    return keys.public_keys(webhook.key_id, webhook.private_key)


@transaction.atomic
def _store(connection: Connection, url: str) -> Webhook:
    Connection.objects.select_for_update().get(pk=connection.pk)
    webhook = find_webhook(connection) or Webhook(connection=connection)
    webhook.url = url
    webhook.down_since = webhook.rests_until = None
    if not webhook.private_key:
        webhook.key_id, webhook.private_key = keys.new_key()
    webhook.save()
    return webhook
