"""Queries that Django turns into SQL once, for what every request asks.

Writing the SQL of a look-up takes longer than sending it and reading the row. What is kept is the
compiled query alone: no value, no row, no connection. Must not know what is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row")


class Slot(Expression):
    """A value that every run of a prepared query gives anew, under this name."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)

    def fill(self, values: dict[str, Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Prepared(Generic[Row]):
    """A query with slots: called with a value for each, it gives the rows, in one statement.

    `build` makes the queryset when it is first needed. A query that locks rows raises
    TransactionManagementError outside of a transaction, as ever.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._queryset = cache(build)
        self._compiled = cache(self._compile)

    def __call__(self, **values: Any) -> list[Row]:
        queryset = self._queryset().all()
        connection: Any = connections[queryset.db]
        compiler, sql, parameters = self._compiled(queryset.db)
        if queryset.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("This query locks rows and needs a transaction.")
        filled = tuple(
            each.fill(values, connection) if isinstance(each, Slot) else each for each in parameters
        )
        # All of a compiler but its connection, which may be another thread's, is the query's own.
        ready: Any = copy(compiler)
        ready.connection = connection
        ready.as_sql = lambda *_, **__: (sql, filled)
        queryset.query.get_compiler = lambda *_, **__: ready  # type: ignore[method-assign]
        return list(queryset)

    def _compile(self, using: str) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
        # Of a query of its own: writing SQL leaves marks in it, and threads may come at once.
        compiler = self._queryset().query.clone().get_compiler(using)
        sql, parameters = compiler.as_sql()
        return compiler, sql, tuple(parameters)
