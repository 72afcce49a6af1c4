"""Switch a workspace's provisioning on and off.

Must not know who may: that is the settings page's and the operator's matter.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from scim_provisioning import credentials, earlier_groups, links
from scim_provisioning.models import Connection
from scim_provisioning.models.connection import GroupPolicy
from scim_provisioning.outbox.events import EventName, about_connection
from scim_provisioning.outbox.recording import record


def find_connection(workspace: Any) -> Connection | None:
    """Find a workspace's connection, switched on or off; None if it never had one."""
    return Connection.objects.filter(pk=workspace.pk).first()


@transaction.atomic
def enable(
    workspace: Any,
    *,
    label: str = "",
    created_by: Any = None,
    group_policy: GroupPolicy | None = None,
) -> tuple[Connection, str]:
    """Switch provisioning on and make a token, whose text is returned here and never again.

    Switched on again, the same people and groups have the same ids; the tokens from before stay
    dead. Makes a link for every member and group that the directory may see; `group_policy` says
    what becomes of the groups (None: what was chosen before).
    """
    connection, _ = Connection.objects.select_for_update().get_or_create(pk=workspace.pk)
    if not connection.is_enabled:
        credentials.revoke_all(connection)
        connection.enabled_at = timezone.now()
        connection.disabled_at = None
        connection.save(update_fields=["enabled_at", "disabled_at"])
        links.members_changed(workspace.pk)
        links.groups_changed(workspace.pk)
        record(connection, [EventName.CONNECTION_ENABLED], about_connection())
    if group_policy is not None:
        earlier_groups.choose(connection, group_policy)
    _, text = credentials.mint(connection=connection, label=label, created_by=created_by)
    return connection, text


@transaction.atomic
def disable(connection: Connection) -> None:
    """Switch provisioning off: every token dies, people and groups stay."""
    connection.disabled_at = timezone.now()
    connection.save(update_fields=["disabled_at"])
    credentials.revoke_all(connection)
    record(connection, [EventName.CONNECTION_DISABLED], about_connection())
