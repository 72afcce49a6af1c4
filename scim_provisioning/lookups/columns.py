"""Singular attributes as columns in SQL, and the comparisons on them.

Texts are compared by code point on every database, without LIKE, so that no wildcard or
collation decides. Must not know how conditions are joined, or which rows are meant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Case,
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable, Expression
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Concat, Left, Lower, Right, StrIndex
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    IsNull,
    LessThan,
    LessThanOrEqual,
    Lookup,
)
from django.db.models.sql.compiler import SQLCompiler

from scim_provisioning.comparables import fold
from scim_provisioning.models import Connection
from scim_provisioning.protocol.filters import Operand, Operator
from scim_provisioning.protocol.keys import as_uuid, index_key
from scim_provisioning.protocol.schemas import Attribute, ResourceType

NOTHING = Q(pk__in=())

SORTED_LENGTH = 255
"""Characters of a text that decide its place in an ordered list."""

_INEQUALITIES: dict[Operator, type[Lookup[bool]]] = {
    Operator.GT: GreaterThan,
    Operator.GE: GreaterThanOrEqual,
    Operator.LT: LessThan,
    Operator.LE: LessThanOrEqual,
}
# No assigned text is blank: every one contains the blank text, and comes after it.
_FALSE_OF_BLANK = frozenset({Operator.EQ, Operator.LT, Operator.LE})


class Text(Func):
    """A text that is NULL when blank, and ordered by code point."""

    template = "NULLIF(%(expressions)s, '')"
    arity = 1
    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        # SQLite compares by code point unless told otherwise; PostgreSQL as the database was made.
        return self.as_sql(compiler, connection, template=f'({self.template} COLLATE "C")')


class IdText(Func):
    """A UUID column as its canonical text, also where a database stores it as bare hex digits."""

    template = "||'-'||".join(
        f"SUBSTR(%(expressions)s, {start}, {length})"
        for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    )
    arity = 1
    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS text)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one singular attribute is in SQL."""

    value: Combinable
    """NULL when the attribute is absent."""
    fold: Callable[[Any], Any]
    """Makes of an operand what `value` holds for an equal value."""
    equals: Callable[[Any], Q] | None = None
    """Equality with a folded operand, where an index answers it."""


def text_column(value: Combinable, attribute: Attribute) -> Column:
    """Take an expression for the attribute's text, already folded."""
    return Column(value=Text(value), fold=partial(fold, attribute))


def key_column(name: str) -> Column:
    """Take a column that holds the index key of a text."""
    return Column(value=Text(F(name)), fold=index_key, equals=lambda key: Q((name, key)))


def exact_column(name: str) -> Column:
    """Take a column that holds a text as it was sent."""
    return Column(value=Text(F(name)), fold=str, equals=lambda text: Q((name, text)))


def moment_column(name: str) -> Column:
    return Column(value=F(name), fold=lambda moment: moment)


def stored_column(name: str, attribute: Attribute) -> Column:
    """Take a text among those that were folded and stored in the row's `comparable`."""
    return text_column(KeyTextTransform(name, "comparable"), attribute)


def value_column(attribute: Attribute) -> Column:
    """Take the `value` of a row of values: an index finds its key, the stored text decides."""
    stored = stored_column(attribute.name, attribute)
    return Column(
        value=stored.value,
        fold=stored.fold,
        equals=lambda text: Q(Exact(stored.value, text), value_key=index_key(text)),
    )


def host_column(lookup: F | Q, attribute: Attribute) -> Column:
    """Take what the host named: a Q for a boolean, an F for a text.

    The text is folded by the database's own LOWER, which is sure for ASCII alone; a name in any
    script needs a column that holds its key.
    """
    if isinstance(lookup, Q):
        truth = Case(When(lookup, then=Value("true")), default=Value("false"))
        return text_column(truth, attribute)
    return text_column(lookup if attribute.case_exact else Lower(lookup), attribute)


def constant_column(text: str, attribute: Attribute) -> Column:
    return text_column(Value(fold(attribute, text)), attribute)


def location_column(
    connection: Connection, resource_type: ResourceType, attribute: Attribute
) -> Column:
    """Take the address of a link's resource."""
    collection = f"{connection.base_url}{resource_type.endpoint}/"
    return text_column(Concat(Value(collection), IdText(F("scim_id"))), attribute)


def id_column() -> Column:
    """Take the SCIM id, which compares with case (RFC 7643 §3.1): a text that is no id is none."""
    return Column(
        value=Text(IdText(F("scim_id"))),
        fold=str,
        equals=lambda text: Q(scim_id=parsed) if (parsed := as_uuid(text)) else NOTHING,
    )


def sortable(column: Column) -> Expression:
    """Give what a row is ordered by: of a text no more than a cursor can hold."""
    if isinstance(column.value, Text):
        return Left(column.value, SORTED_LENGTH)
    return ExpressionWrapper(column.value, output_field=DateTimeField())


def presence(column: Column) -> Q:
    return Q(IsNull(column.value, False))


def compare(column: Column, operator: Operator, operand: Operand) -> Q:
    """Compare by any operator but `ne`; where the attribute is absent, nothing is true of it."""
    folded = column.fold(operand)
    if folded == "":
        return NOTHING if operator in _FALSE_OF_BLANK else presence(column)
    match operator:
        case Operator.EQ:
            return column.equals(folded) if column.equals else Q(Exact(column.value, folded))
        case Operator.CO:
            return Q(GreaterThan(StrIndex(column.value, Value(folded)), 0))
        case Operator.SW:
            return Q(Exact(StrIndex(column.value, Value(folded)), 1))
        case Operator.EW:
            return Q(Exact(Right(column.value, len(folded)), folded))
    return Q(_INEQUALITIES[operator](column.value, folded))
