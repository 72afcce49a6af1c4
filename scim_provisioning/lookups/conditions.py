"""Filters in SQL: a bound tree becomes a Q on the links of one connection.

Finds what matching.py finds in memory (RFC 7644 §3.4.2.2). Must not know which table or column
holds an attribute.
"""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Case, Q, Value, When
from django.db.models.lookups import Exact

from scim_provisioning.lookups.columns import NOTHING, compare
from scim_provisioning.lookups.links import GroupRows, UserRows
from scim_provisioning.lookups.rows import Rows, is_present
from scim_provisioning.models import Connection
from scim_provisioning.protocol.filters import (
    And,
    Comparison,
    ElementMatch,
    Node,
    Not,
    Nothing,
    Operator,
    Or,
    Presence,
)


def user_q(node: Node, *, connection: Connection) -> Q:
    """Compile a filter to a condition on the connection's user links.

    Raises InvalidFilter for an attribute that no column can answer for.
    """
    return _compile(node, UserRows(connection))


def group_q(node: Node, *, connection: Connection) -> Q:
    """Compile a filter to a condition on the connection's group links; raises InvalidFilter."""
    return _compile(node, GroupRows(connection))


def _compile(node: Node, rows: Rows) -> Q:
    match node:
        case Comparison():
            return _compile_comparison(node, rows)
        case Presence(target=target):
            return rows.some(target, lambda each: is_present(target, each))
        case ElementMatch(target=target, condition=inner):
            return rows.some(target, lambda each: is_present(target, each) & _compile(inner, each))
        case And(terms=terms):
            return Q(*(_compile(term, rows) for term in terms))
        case Or(terms=terms):
            return Q(*(_compile(term, rows) for term in terms), _connector=Q.OR)
        case Not(term=term):
            return _negated(_compile(term, rows))
        case Nothing():
            return NOTHING


def _compile_comparison(node: Comparison, rows: Rows) -> Q:
    """Look for one value that fits; `ne` wants that none is equal."""
    target, operand = node.target, node.operand
    if node.operator is Operator.NE:
        equal = replace(node, operator=Operator.EQ)
        return _negated(_compile_comparison(equal, rows))
    return rows.some(target, lambda each: compare(each.column(target), node.operator, operand))


def _negated(condition: Q) -> Q:
    """Negate what SQL holds for false or for unknown: of an absent value nothing is true."""
    truth = Case(When(condition, then=Value(True)), default=Value(False))
    return ~Q(Exact(truth, True))
