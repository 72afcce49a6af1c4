"""Filters and sorts in SQL, always inside one connection.

The answers are the same on SQLite and PostgreSQL. Must not know which operation asks.
"""

from __future__ import annotations

from scim_provisioning.lookups.conditions import group_q, user_q
from scim_provisioning.lookups.orderings import group_ordering, user_ordering

__all__ = ["group_ordering", "group_q", "user_ordering", "user_q"]
