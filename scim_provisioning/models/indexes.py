"""An index for rows that come in the order of their times; must not know the tables."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class TimeIndex(models.Index):
    """Finds the old among rows that are only ever added, in a few pages on PostgreSQL.

    It keeps the range of each block of rows, not each row; elsewhere it is an ordinary index.
    """

    def create_sql(
        self,
        model: type[models.Model],
        schema_editor: BaseDatabaseSchemaEditor,
        *args: Any,
        **kw: Any,
    ) -> Any:
        if schema_editor.connection.vendor == "postgresql":
            kw["using"] = " USING brin"
        return super().create_sql(model, schema_editor, *args, **kw)
