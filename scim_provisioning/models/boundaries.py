"""Foreign keys that include the workspace, which Django has no field for.

The field that such a key stands for has `db_constraint=False`. Must not know the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models

from scim_provisioning import conf

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORKSPACE = "connection"


class SameWorkspace(models.BaseConstraint):
    """A row and what its `field` refers to are of one workspace, on PostgreSQL and on SQLite.

    `theirs` names the workspace on the other side, which needs a unique key over it and the
    primary key. Checked as Django's own keys are, at the end of the transaction.
    """

    def __init__(self, *, field: str, name: str, theirs: str = WORKSPACE) -> None:
        super().__init__(name=name)
        self.field = field
        self.theirs = theirs

    def __eq__(self, other: object) -> bool:
        if isinstance(other, SameWorkspace):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        field = model._meta.get_field(self.field)
        target = field.remote_field.model._meta
        ours = (model._meta.get_field(WORKSPACE), field)
        theirs = (target.get_field(self.theirs), target.pk)
        return (
            f"CONSTRAINT {schema_editor.quote_name(self.name)} "
            f"FOREIGN KEY ({_columns(ours, schema_editor)}) "
            f"REFERENCES {schema_editor.quote_name(target.db_table)} "
            f"({_columns(theirs, schema_editor)}) DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return str(schema_editor._delete_fk_sql(model, self.name))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Leave it to the database: forms never choose what these fields refer to."""

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field, "theirs": self.theirs}


def reaches_host() -> bool:
    """Tell whether links refer to the host's rows by their workspace, too."""
    return bool(conf.value("WORKSPACE_FIELD"))


def within_host(*, field: str, name: str) -> list[SameWorkspace]:
    """Keep a link in the workspace of the host's row, if the host's table has such a key."""
    theirs = conf.value("WORKSPACE_FIELD")
    return [SameWorkspace(field=field, name=name, theirs=theirs)] if theirs else []


def _columns(
    fields: Sequence[models.Field[Any, Any]], schema_editor: BaseDatabaseSchemaEditor
) -> str:
    return ", ".join(schema_editor.quote_name(str(field.column)) for field in fields)
