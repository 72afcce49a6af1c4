"""How many seats of a workspace are taken, counted by the database itself.

Counting people takes longer the more there are, and every person who is added has to be counted.
A counter that services kept would be wrong after the first one that forgets it; these triggers
see every row. Must not know a limit.

SQLite drops a table's triggers when Django rebuilds the table: a later migration that alters
Member must call `remove` before and `install` after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from workspace.models.workspace import Workspace

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class Seats(models.Model):
    """One row per workspace; nothing but the triggers writes it."""

    workspace = models.OneToOneField(
        Workspace, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "seats"

    def __str__(self) -> str:
        return str(self.taken)


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Count who is there, and from now on with every change."""
    schema_editor.execute(_COUNT)
    for statement in _ON_SQLITE if _is_sqlite(schema_editor) else _ON_POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name, table in _TRIGGERS.items():
        on_table = "" if _is_sqlite(schema_editor) else f" ON {table}"
        schema_editor.execute(f"DROP TRIGGER {name}{on_table}")
    if not _is_sqlite(schema_editor):
        for function in ("seats_count", "seats_begin"):
            schema_editor.execute(f"DROP FUNCTION {function}()")
    schema_editor.execute("DELETE FROM workspace_seats")


def _is_sqlite(schema_editor: BaseDatabaseSchemaEditor) -> bool:
    return schema_editor.connection.vendor == "sqlite"


_TRIGGERS = {
    "seats_begun": "workspace_workspace",
    "seats_of_inserted": "workspace_member",
    "seats_of_updated": "workspace_member",
    "seats_of_deleted": "workspace_member",
}

_TAKES_SEAT = "(NOT {row}is_kiosk AND {row}status IN ('ACTIVE', 'PENDING'))"
_COUNT = f"""
INSERT INTO workspace_seats (workspace_id, taken)
SELECT workspace.id, count(member.id)
FROM workspace_workspace workspace
LEFT JOIN workspace_member member
  ON member.workspace_id = workspace.id AND {_TAKES_SEAT.format(row="member.")}
GROUP BY workspace.id
"""

# A statement that makes a thousand members adds them up, and writes each counter once.
_ON_POSTGRESQL = [
    """
    CREATE FUNCTION seats_begin() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO workspace_seats (workspace_id, taken) VALUES (NEW.id, 0);
      RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER seats_begun AFTER INSERT ON workspace_workspace
      FOR EACH ROW EXECUTE FUNCTION seats_begin()
    """,
    """
    CREATE FUNCTION seats_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF TG_OP = 'INSERT' THEN
        UPDATE workspace_seats seats SET taken = taken + change.seats FROM (
          SELECT workspace_id, count(*) AS seats FROM later WHERE {seat} GROUP BY workspace_id
        ) change WHERE seats.workspace_id = change.workspace_id;
      ELSIF TG_OP = 'DELETE' THEN
        UPDATE workspace_seats seats SET taken = taken - change.seats FROM (
          SELECT workspace_id, count(*) AS seats FROM earlier WHERE {seat} GROUP BY workspace_id
        ) change WHERE seats.workspace_id = change.workspace_id;
      ELSE
        UPDATE workspace_seats seats SET taken = taken + change.seats FROM (
          SELECT workspace_id, sum(seat) AS seats FROM (
            SELECT workspace_id, 1 AS seat FROM later WHERE {seat}
            UNION ALL
            SELECT workspace_id, -1 FROM earlier WHERE {seat}
          ) each GROUP BY workspace_id HAVING sum(seat) <> 0
        ) change WHERE seats.workspace_id = change.workspace_id;
      END IF;
      RETURN NULL;
    END $$
    """.format(seat=_TAKES_SEAT.format(row="")),
    *(
        f"""
        CREATE TRIGGER seats_of_{event} AFTER {verb} ON workspace_member
          REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION seats_count()
        """
        for event, verb, tables in (
            ("inserted", "INSERT", "NEW TABLE AS later"),
            ("updated", "UPDATE", "OLD TABLE AS earlier NEW TABLE AS later"),
            ("deleted", "DELETE", "OLD TABLE AS earlier"),
        )
    ),
]

_CHANGE = """
CREATE TRIGGER seats_of_{event} AFTER {verb} ON workspace_member BEGIN
  {updates}
END
"""
_ADD = """
  UPDATE workspace_seats SET taken = taken {sign} 1
  WHERE workspace_id = {row}workspace_id AND {seat};
"""
_LATER = _ADD.format(sign="+", row="NEW.", seat=_TAKES_SEAT.format(row="NEW."))
_EARLIER = _ADD.format(sign="-", row="OLD.", seat=_TAKES_SEAT.format(row="OLD."))
_ON_SQLITE = [
    """
    CREATE TRIGGER seats_begun AFTER INSERT ON workspace_workspace BEGIN
      INSERT INTO workspace_seats (workspace_id, taken) VALUES (NEW.id, 0);
    END
    """,
    _CHANGE.format(event="inserted", verb="INSERT", updates=_LATER),
    _CHANGE.format(event="updated", verb="UPDATE", updates=_LATER + _EARLIER),
    _CHANGE.format(event="deleted", verb="DELETE", updates=_EARLIER),
]
