"""Read a membership out of a whole document, as a POST or a PUT carries it.

Must not know how a membership is stored.
"""

from __future__ import annotations

from collections.abc import Mapping

from scim_provisioning.adapters import Document
from scim_provisioning.protocol import urns
from scim_provisioning.protocol.membership import MembershipChange

_MEMBERS = frozenset({"members", f"{urns.GROUP}:members".lower()})


def members_to_set(document: Document) -> MembershipChange | None:
    """Give the change that makes these the only members; None if the document names none."""
    members = document.get("members")
    if not members:
        return None
    return MembershipChange(
        replace=True,
        add=frozenset(member["value"] for member in members),
        remove=frozenset(),
    )


def names_members(payload: object) -> bool:
    """Tell whether a raw body speaks of members at all, were it only to say that there are none."""
    return isinstance(payload, Mapping) and any(name.lower() in _MEMBERS for name in payload)
