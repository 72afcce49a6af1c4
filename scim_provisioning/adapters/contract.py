"""What all adapters share: the shape they exchange, and what a host can't leave out.

Must not know a host.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]
"""A canonical SCIM document: the attribute table's names, nothing empty.

An extension's attributes stand under its URN:

    {"userName": str, "name": {"givenName": str}, "emails": [{"value": str, "primary": True}],
     "active": bool, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {...}}
"""

REQUIRED_METHODS: Mapping[str, tuple[str, ...]] = {
    "WORKSPACE_ADAPTER": ("find", "name", "refusal", "unavailable_reason"),
    "USER_ADAPTER": ("queryset", "match", "to_dict", "from_dict", "save", "delete"),
    "GROUP_ADAPTER": (
        "queryset",
        "memberships",
        "to_dict",
        "from_dict",
        "save",
        "delete",
        "add_members",
        "remove_members",
        "replace_members",
    ),
}
"""By setting: the names that an adapter has to have."""
