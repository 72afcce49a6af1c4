"""What a condition is put on: rows that hold the values of attributes.

Must not know how conditions are joined, or which tables there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db.models import Q

from scim_provisioning.lookups.columns import Column, presence
from scim_provisioning.protocol.filters import Target

COMPUTED = frozenset({"meta.version"})
"""Made from what is shown; no column holds it."""


class Rows:
    """Rows of one table; here those that hold one value of each target themselves."""

    def column(self, target: Target) -> Column:
        """Give the column of a target that has one value a row."""
        raise NotImplementedError

    def some(self, target: Target, condition: Condition) -> Q:
        """Meet a condition with one value of the target, on whichever rows hold its values."""
        return condition(self)


Condition = Callable[[Rows], Q]


def is_present(target: Target, rows: Rows) -> Q:
    """Tell whether a target has a value on its row; a complex one has any part's."""
    if not target.leaf.is_complex:
        return presence(rows.column(target))
    if target.is_multi_valued:
        return Q()  # The row of an element would not be there without.
    parts = (replace(target, sub_attribute=each) for each in target.attribute.sub_attributes)
    kept = (is_present(part, rows) for part in parts if part.name not in COMPUTED)
    return Q(*kept, _connector=Q.OR)
