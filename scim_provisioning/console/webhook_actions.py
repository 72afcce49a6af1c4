"""What an owner can do with the webhook: set it, test it, rotate its key, remove it.

Each looks again, since the page it was sent from may be old. Must not know who asks.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from scim_provisioning import connections
from scim_provisioning.adapters import registry
from scim_provisioning.console.actions import ActionRefused, Unavailable
from scim_provisioning.journal import Decision, record_decision
from scim_provisioning.models import Connection, Webhook
from scim_provisioning.webhooks import subscriptions, verification
from scim_provisioning.webhooks.verification import Outcome


class NoWebhook(ActionRefused):
    sentence = _("Nothing was done: there is no webhook.")


class NotUsable(ActionRefused):
    sentence = _("Nothing was done: provisioning is disabled.")


class NewerKey(ActionRefused):
    sentence = _(
        "The key was not rotated: the page you sent this from was out of date. "
        "Look at the keys below and try again if you still need a new one."
    )


class TestedJustNow(ActionRefused):
    sentence = _("No test event was sent: the last one is less than ten seconds old.")


@transaction.atomic
def set_address(workspace: Any, url: str, *, by: Any) -> None:
    """Send events to a URL from now on. Raises Unavailable, NotUsable, UnusableUrl."""
    # No lock is held while the host of the URL is looked up.
    subscriptions.subscribe(_usable(workspace), url)
    record_decision(Decision.SET_WEBHOOK, connection_id=workspace.pk, by=by)


def send_test(workspace: Any) -> Outcome:
    """Send a test event; waits for the answer.

    Raises Unavailable, NotUsable, NoWebhook, TestedJustNow.
    """
    try:
        return verification.verify(_usable(workspace))
    except Webhook.DoesNotExist as problem:
        raise NoWebhook from problem
    except verification.TooSoon as problem:
        raise TestedJustNow from problem


@transaction.atomic
def rotate_key(workspace: Any, *, key_id: str, overlap: timedelta, by: Any) -> None:
    """Sign with a new key, also while the plan is missing; the old one is shown for a while.

    `key_id` is the key that the owner's page knew, so that a form that is sent twice makes one
    key. Raises NoWebhook, NewerKey.
    """
    webhook = Webhook.objects.select_for_update().filter(pk=workspace.pk).first()
    if webhook is None:
        raise NoWebhook
    if webhook.key_id != key_id:
        raise NewerKey
    subscriptions.rotate_key(webhook.connection, overlap=overlap)
    record_decision(Decision.ROTATE_KEY, connection_id=workspace.pk, by=by)


@transaction.atomic
def remove(workspace: Any, *, by: Any) -> None:
    """Send no more, also while the plan is missing. Raises NoWebhook."""
    connection = connections.find_connection(workspace)
    if connection is None or not subscriptions.unsubscribe(connection):
        raise NoWebhook
    record_decision(Decision.REMOVE_WEBHOOK, connection_id=workspace.pk, by=by)


def _usable(workspace: Any) -> Connection:
    if registry.workspace_adapter().unavailable_reason(workspace):
        raise Unavailable
    connection = connections.find_connection(workspace)
    if connection is None or not connection.is_enabled:
        raise NotUsable
    return connection
