"""The database's own refusal of group memberships across workspaces.

Must not know the services, which refuse first: this is the net below them.

SQLite drops a table's triggers when Django rebuilds it, and refuses to rebuild a table that a
trigger reads: a later migration that alters one of the three tables must call `remove` before and
`install` after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MEMBERSHIP = "workspace_groupmembership"
PARENTS = {"group": "workspace_group", "member": "workspace_member"}


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, _TRIGGERS if _is_sqlite(schema_editor) else _FOREIGN_KEYS)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, _NO_TRIGGERS if _is_sqlite(schema_editor) else _NO_FOREIGN_KEYS)


def _is_sqlite(schema_editor: BaseDatabaseSchemaEditor) -> bool:
    return schema_editor.connection.vendor == "sqlite"


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    for statement in statements:
        schema_editor.execute(statement)


_FOREIGN_KEYS = [
    f"ALTER TABLE {MEMBERSHIP} ADD CONSTRAINT {name}_of_same_workspace "
    f"FOREIGN KEY (workspace_id, {name}_id) REFERENCES {parent} (workspace_id, id)"
    for name, parent in PARENTS.items()
]
_NO_FOREIGN_KEYS = [
    f"ALTER TABLE {MEMBERSHIP} DROP CONSTRAINT {name}_of_same_workspace" for name in PARENTS
]

_TRIGGERS = [
    f"CREATE TRIGGER {name}_of_same_workspace_{event.lower()} BEFORE {event} ON {MEMBERSHIP} "  # noqa: S608
    f"WHEN NOT EXISTS (SELECT 1 FROM {parent} "
    f"WHERE workspace_id = NEW.workspace_id AND id = NEW.{name}_id) "
    f"BEGIN SELECT RAISE(ABORT, '{name}_of_same_workspace'); END"
    for name, parent in PARENTS.items()
    for event in ("INSERT", "UPDATE")
] + [
    f"CREATE TRIGGER {name}_stays_in_workspace BEFORE UPDATE OF workspace_id ON {parent} "
    f"WHEN NEW.workspace_id <> OLD.workspace_id "
    f"BEGIN SELECT RAISE(ABORT, '{name}_stays_in_workspace'); END"
    for name, parent in PARENTS.items()
]
_NO_TRIGGERS = [
    f"DROP TRIGGER IF EXISTS {trigger}"
    for name in PARENTS
    for trigger in (
        f"{name}_of_same_workspace_insert",
        f"{name}_of_same_workspace_update",
        f"{name}_stays_in_workspace",
    )
]
