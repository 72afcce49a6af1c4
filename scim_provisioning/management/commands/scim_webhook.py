"""Set, show and take away a workspace's webhook from the command line.

Must not know how: it calls what a settings page would. The journal has it without an account.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.http import Http404

from scim_provisioning import connections
from scim_provisioning.adapters import registry
from scim_provisioning.journal import Decision, record_decision
from scim_provisioning.models import Connection, Webhook
from scim_provisioning.webhooks import subscriptions
from scim_provisioning.webhooks.targets import UnusableUrl

LINES = 50
"""How much of the log is shown."""


class Command(BaseCommand):
    help = "Show a workspace's webhook with the keys that its receiver verifies with, or change it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="what the workspace's URLs call it, such as its slug")
        action = parser.add_mutually_exclusive_group()
        action.add_argument("--url", help="send events there from now on")
        action.add_argument("--remove", action="store_true", help="send no more")
        action.add_argument("--rotate-key", action="store_true", help="sign with a new key")
        action.add_argument("--log", action="store_true", help="list the latest attempts")
        parser.add_argument(
            "--at-once",
            action="store_true",
            help="with --rotate-key: show the old key no more, as when it is in wrong hands",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        connection = _connection(options["workspace"])
        if options["log"]:
            self._list_attempts(connection)
        elif options["url"] is not None:
            self._show(_subscribe(connection, options["url"]))
        elif options["remove"]:
            self.stdout.write("Removed." if _unsubscribe(connection) else "There was no webhook.")
        else:
            webhook = _webhook(connection)
            if options["rotate_key"]:
                webhook = _rotate_key(connection, at_once=options["at_once"])
            self._show(webhook)

    def _show(self, webhook: Webhook) -> None:
        keys = json.dumps(subscriptions.public_keys(webhook), sort_keys=True)
        jwks = subscriptions.keys_url(webhook.connection)
        self.stdout.write(f"URL   {webhook.url}\nJWKS  {jwks}\nKeys  {keys}")
        if not subscriptions.can_sign(webhook):
            self.stderr.write("The key can't be read under this SECRET_KEY: use --rotate-key.")

    def _list_attempts(self, connection: Connection) -> None:
        attempts = connection.webhook_attempts.select_related("event").order_by("-last_at", "-pk")
        for each in attempts[:LINES]:
            self.stdout.write(
                f"{each.last_at:%Y-%m-%d %H:%M:%S}  {each.event_id}  {each.event.name}  {each}"
                f"  times: {each.count}"
            )


def _connection(name: str) -> Connection:
    try:
        connection = connections.find_connection(registry.workspace_adapter().find(name))
    except Http404 as problem:
        raise CommandError(f"There is no workspace {name!r}.") from problem
    if connection is None:
        raise CommandError("Provisioning has never been switched on: use scim_enable first.")
    return connection


@transaction.atomic
def _subscribe(connection: Connection, url: str) -> Webhook:
    try:
        webhook = subscriptions.subscribe(connection, url)
    except UnusableUrl as problem:
        raise CommandError(str(problem)) from problem
    _record(Decision.SET_WEBHOOK, connection.pk)
    return webhook


@transaction.atomic
def _unsubscribe(connection: Connection) -> bool:
    is_removed = subscriptions.unsubscribe(connection)
    if is_removed:
        _record(Decision.REMOVE_WEBHOOK, connection.pk)
    return is_removed


@transaction.atomic
def _rotate_key(connection: Connection, *, at_once: bool) -> Webhook:
    overlap = timedelta(0) if at_once else subscriptions.OVERLAP
    webhook = subscriptions.rotate_key(connection, overlap=overlap)
    _record(Decision.ROTATE_KEY, connection.pk)
    return webhook


def _record(decision: Decision, connection_id: Any) -> None:
    record_decision(decision, connection_id=connection_id, command="manage.py scim_webhook")


def _webhook(connection: Connection) -> Webhook:
    webhook = subscriptions.find_webhook(connection)
    if webhook is None:
        raise CommandError("The workspace has no webhook: use --url.")
    return webhook
