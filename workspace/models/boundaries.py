"""Foreign keys over the workspace and a row, which Django has no field for.

The field that such a key stands for has `db_constraint=False`. Must not know the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models


class SameWorkspace(models.BaseConstraint):
    """A row and what its `field` refers to are of one workspace.

    The other side needs a unique key over `workspace` and `id`. The net below the services, which
    refuse first: checked at the end of the transaction.
    """

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def __eq__(self, other: object) -> bool:
        if isinstance(other, SameWorkspace):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        field = model._meta.get_field(self.field)
        return (
            f"CONSTRAINT {self.name} FOREIGN KEY (workspace_id, {field.column}) "
            f"REFERENCES {field.remote_field.model._meta.db_table} (workspace_id, id) "
            "DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        return f"ALTER TABLE {model._meta.db_table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {self.name}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Leave it to the database: forms never choose what these fields refer to."""

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}
