"""Fill tables by statements: one row, made by the application itself, becomes many.

The columns that are not named keep the row's values, so that a new column needs no care here.
Must not know which tables there are.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection
from django.db.models import Model

FIRST = 1_000
"""Copies are numbered from here on: row n has the key FIRST + n."""

_COPY = """
INSERT INTO {table}
SELECT copy.*
FROM {table} AS pattern
CROSS JOIN generate_series(1, %s) AS n
CROSS JOIN LATERAL jsonb_populate_record(pattern, jsonb_build_object({changes})) AS copy
WHERE pattern.id = %s
"""


def copy_row(row: Model, count: int, changes: Mapping[str, str]) -> None:
    """Copy a row `count` times; `changes` are SQL expressions of `n` and `pattern`."""
    table = row._meta.db_table
    columns = {"id": f"{FIRST} + n", **changes}
    pairs = ", ".join(f"'{column}', {expression}" for column, expression in columns.items())
    statement = _COPY.format(table=table, changes=pairs.replace("%", "%%"))
    with connection.cursor() as cursor:
        cursor.execute(statement, [count, row.pk])


def next_key(model: type[Model]) -> str:
    """Give the expression of a key that follows no number."""
    return f"nextval(pg_get_serial_sequence('{model._meta.db_table}', 'id'))"


def continue_keys(*models: type[Model]) -> None:
    """Let the next key follow the highest."""
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608  # a model's own table
            )
