"""Switch SCIM on for a workspace from the command line.

Must not know how: it calls what the settings page calls. The journal has it without an account.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.http import Http404

from scim_provisioning import connections, credentials
from scim_provisioning.adapters import registry
from scim_provisioning.journal import Decision, record_decision, transitions
from scim_provisioning.models import Connection
from scim_provisioning.models.connection import GroupPolicy


class Command(BaseCommand):
    help = "Switch SCIM provisioning on for a workspace and print its base URL and a new token."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="what the workspace's URLs call it, such as its slug")
        parser.add_argument(
            "--groups",
            choices=[policy.lower() for policy in GroupPolicy.values],
            help="what becomes of the groups that are there already (default: adopt)",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        adapter = registry.workspace_adapter()
        try:
            workspace = adapter.find(options["workspace"])
        except Http404 as problem:
            raise CommandError(f"There is no workspace {options['workspace']!r}.") from problem
        reason = adapter.unavailable_reason(workspace)
        if reason:
            raise CommandError(reason)
        try:
            connection, token = _enable(workspace, _policy(options["groups"]))
        except credentials.TooManyTokens as problem:
            raise CommandError(
                f"The workspace has {credentials.LIVE_TOKENS} live tokens; revoke one first."
            ) from problem
        if options["json"]:
            self.stdout.write(json.dumps({"base_url": connection.base_url, "token": token}))
            return
        self.stdout.write(f"Base URL  {connection.base_url}\nToken     {token}")
        self.stdout.write("The token is shown this once.")


@transaction.atomic
def _enable(workspace: Any, policy: GroupPolicy | None) -> tuple[Connection, str]:
    """Switch on, or only make one more token. Raises TooManyTokens."""
    before, _ = Connection.objects.select_for_update().get_or_create(pk=workspace.pk)
    connection, text = connections.enable(workspace, label="Command line", group_policy=policy)
    record_decision(
        Decision.MAKE_TOKEN if before.is_enabled else Decision.ENABLE,
        connection_id=connection.pk,
        command="manage.py scim_enable",
        resource_type="Token" if before.is_enabled else "",
        token=connection.tokens.latest("id"),
        transitions=transitions(
            {"policy": before.group_policy}, {"policy": connection.group_policy}
        ),
    )
    return connection, text


def _policy(text: str | None) -> GroupPolicy | None:
    return GroupPolicy(text.upper()) if text else None
