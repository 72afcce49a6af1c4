"""Which tables a distributed PostgreSQL would split by workspace, and what would keep it from it.

Reads PostgreSQL's own catalog, and so sees what is really there. Must not know the models.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

SHARED = {
    "workspace_workspace": "the workspaces themselves; addresses name them by their slug",
    "workspace_domain": "of all workspaces that claim a domain, one has proven to own it",
    "workspace_user": "people have one account in all their workspaces",
    "workspace_user_groups": "Django's own, of accounts",
    "workspace_user_user_permissions": "Django's own, of accounts",
    "workspace_loginchange": "of an account, until its former address has been told",
    "scim_provisioning_connection": "a request names it by its public id, its workspace unknown",
}
"""Tables of which every node has a copy, and why: they are small, or of no workspace."""

KEY = "workspace_id"

_TABLES = """
SELECT relname FROM pg_class
WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
  AND (relname LIKE 'workspace\\_%' OR relname LIKE 'scim\\_provisioning\\_%')
ORDER BY relname
"""

_WITH_KEY = """
SELECT attrelid::regclass::text FROM pg_attribute
WHERE attname = %s AND attnotnull AND attrelid = ANY(%s::regclass[])
"""

_UNIQUE_WITHOUT_KEY = """
SELECT indexrelid::regclass::text, indisprimary FROM pg_index
WHERE indisunique AND indrelid = ANY(%s::regclass[]) AND NOT EXISTS (
  SELECT 1 FROM pg_attribute
  WHERE attrelid = indrelid AND attname = %s AND attnum = ANY(indkey[0:indnkeyatts - 1])
)
ORDER BY 1
"""

_FOREIGN_WITHOUT_KEY = """
SELECT conname FROM pg_constraint
WHERE contype = 'f' AND confrelid = ANY(%(split)s::regclass[]) AND NOT (
  conrelid = ANY(%(split)s::regclass[]) AND EXISTS (
    SELECT 1 FROM unnest(conkey, confkey) AS pair(ours, theirs)
    JOIN pg_attribute our ON our.attrelid = conrelid AND our.attnum = pair.ours
    JOIN pg_attribute their ON their.attrelid = confrelid AND their.attnum = pair.theirs
    WHERE our.attname = %(key)s AND their.attname = %(key)s
  )
)
ORDER BY conname
"""


def split_tables() -> list[str]:
    """List the tables of both apps that would be split by workspace."""
    return [table for table in _tables() if table not in SHARED]


def without_workspace() -> list[str]:
    """Name the split tables that do not carry the workspace on every row."""
    split = split_tables()
    carrying = {table for (table,) in _rows(_WITH_KEY, [KEY, split])}
    return [table for table in split if table not in carrying]


def unique_across_workspaces(*, primary: bool) -> list[str]:
    """Name the unique indexes, or else the primary keys, that do not include the workspace."""
    found = _rows(_UNIQUE_WITHOUT_KEY, [split_tables(), KEY])
    return [index for index, is_primary in found if is_primary is primary]


def references_across_workspaces() -> list[str]:
    """Name the foreign keys to split tables that do not include the workspace on both sides.

    One from a shared table is among them: a copy of it on every node could not be checked.
    """
    found = _rows(_FOREIGN_WITHOUT_KEY, {"split": split_tables(), "key": KEY})
    return [name for (name,) in found]


def forgotten() -> list[str]:
    """Name what is said to be shared and is not there."""
    return sorted(SHARED.keys() - set(_tables()))


def widen_primary_keys() -> None:
    """Take the one step that a distributed PostgreSQL asks for before it splits the tables.

    Nothing has to be dropped for it: no foreign key rests on the primary key alone.
    """
    with connection.cursor() as cursor:
        # What a transaction has left to check keeps a table from being altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for index in unique_across_workspaces(primary=True):
            table = index.removesuffix("_pkey")
            cursor.execute(
                f"ALTER TABLE {table} DROP CONSTRAINT {index}, ADD PRIMARY KEY ({KEY}, id)"
            )
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _tables() -> list[str]:
    return [table for (table,) in _rows(_TABLES, None)]


def _rows(statement: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
