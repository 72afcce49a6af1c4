"""Fill a database with many workspaces of the same people; must not know what is measured.

One workspace is made by the application, the others are copies of it. The same token opens all.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

import django

SPARE = 20
"""People of each workspace who are in no group."""

APART = 10_000
"""The keys of a workspace's rows follow those of the one before by so many."""

_COPY = """
INSERT INTO {table}
SELECT copy.* FROM {table} AS pattern
CROSS JOIN generate_series(1, %s) AS w
CROSS JOIN LATERAL jsonb_populate_record(pattern, jsonb_build_object({changes})) AS copy
"""


def main(workspaces: int, people: int, history: int) -> None:
    """Print where the server is to be asked; the workspaces' paths follow from their numbers."""
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from benchmarks.documents import made_id
    from benchmarks.project import rows
    from scim_provisioning.models import Connection, Token

    call_command("migrate", verbosity=0)
    connection, token = rows.enable()
    # No request is the first of its token, which writes once more.
    Token.objects.update(last_used_at=timezone.now())
    Connection.objects.update(public_id=made_id("workspace", 0))
    rows.fill(connection, people - SPARE, [people - SPARE], spare=SPARE)
    if history:
        _lengthen_history(history)
    if workspaces > 1:
        _copy_workspaces(workspaces - 1)
    sys.stdout.write(json.dumps({"path": "/scim/v2", "token": token}))


def _lengthen_history(count: int) -> None:
    """Copy one entry of the journal, and one event with what its handlers made of it."""
    from benchmarks.copying import FIRST, continue_keys, copy_row, next_key
    from scim_provisioning.models import Delivery, Event, JournalEntry
    from scim_provisioning.outbox.delivery import sweep

    sweep()
    entry = JournalEntry.objects.filter(resource_type="User").latest("pk")
    event = Event.objects.filter(deliveries__isnull=False).latest("pk")
    copy_row(entry, count, {})
    copy_row(event, count, {})
    for delivery in event.deliveries.all():
        copy_row(delivery, count, {"id": next_key(Delivery), "event_id": f"{FIRST} + n"})
    continue_keys(JournalEntry, Event)


def _copy_workspaces(count: int) -> None:
    from django.db import connection as database

    from benchmarks.copying import continue_keys
    from scim_provisioning.models import Connection, GroupLink, Token, UserLink, UserValue
    from workspace.models import Group, GroupMembership, Member, User, Workspace

    numbered = (Workspace, User, Member, Token, Group, GroupMembership, UserLink, GroupLink)
    models = (Workspace, User, Member, Connection, *numbered[3:], UserValue)
    unique = {
        Workspace: {"slug": "pattern.slug || w"},
        User: {"email": "w || '.' || pattern.email", "email_key": "w || '.' || pattern.email_key"},
        Connection: {"public_id": "md5('workspace ' || w)::uuid"},
    }
    with database.cursor() as cursor:
        for model in models:
            cursor.execute(_statement(model, models, unique.get(model, {})), [count])
    continue_keys(*numbered, UserValue)


def _statement(model: Any, models: tuple[Any, ...], changes: Mapping[str, str]) -> str:
    """Write the statement that copies a table; keys among the copied tables are moved along."""
    columns = dict(changes)
    for field in model._meta.concrete_fields:
        target = field.related_model if field.is_relation else None
        if target in models or (field.primary_key and target is None):
            columns[field.column] = f"pattern.{field.column} + w * {APART}"
    pairs = ", ".join(f"'{column}', {expression}" for column, expression in columns.items())
    return _COPY.format(table=model._meta.db_table, changes=pairs)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
