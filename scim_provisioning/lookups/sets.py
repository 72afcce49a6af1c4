"""Whether a column has one of many values; must not know where the values come from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Field
from django.db.models.lookups import Exact
from django.db.models.sql.compiler import SQLCompiler

from scim_provisioning.prepared import Slot


class OneOf(Exact):
    """Compares with a set that is one parameter, however large: `OneOf(F("scim_id"), ids)`.

    Writing a parameter for each of a thousand ids takes longer than finding the rows. In a
    prepared query the set is a `Slots`.
    """

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return self._compared(compiler, connection, "IN (SELECT value FROM json_each(%s))")

    def as_postgresql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return self._compared(compiler, connection, "= ANY(%s)")

    def _compared(self, compiler: SQLCompiler, connection: Any, test: str) -> tuple[str, Any]:
        sql, parameters = self.process_lhs(compiler, connection)
        values = self.rhs
        if not isinstance(values, Slots):
            values = _as_parameter(values, self.lhs.output_field, connection)
        return f"{sql} {test}", (*parameters, values)


class Slots(Slot):
    """A set of values that every run of a prepared query gives anew."""

    def fill(self, values: dict[str, Any], connection: Any) -> Any:
        return _as_parameter(values[self.name], self.output_field, connection)


def _as_parameter(values: Iterable[Any], field: Field[Any, Any], connection: Any) -> Any:
    prepared = [field.get_db_prep_value(value, connection) for value in values]
    return prepared if connection.vendor == "postgresql" else json.dumps(prepared)
