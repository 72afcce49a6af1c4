"""How each identity provider words the life of a person and a group, one row per provider.

Kept short: what a check of the connection needs. Must not know how requests are sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scim_provisioning.protocol import urns

Document = dict[str, Any]
SCIM = "application/scim+json"

SetActive = Callable[[Document, bool], tuple[str, Document]]
"""From a person as created, and what they shall be: the method and the body."""


def _patch(operation: Document) -> Document:
    return {"schemas": [urns.PATCH_OP], "Operations": [operation]}


def _patched_whole(person: Document, active: bool) -> tuple[str, Document]:
    return "PATCH", _patch({"op": "replace", "value": {"active": active}})


def _patched_as_text(person: Document, active: bool) -> tuple[str, Document]:
    # Entra sends booleans as text (tests/idp/entra/user_lifecycle.json).
    return "PATCH", _patch({"op": "Replace", "path": "active", "value": str(active)})


def _replaced(person: Document, active: bool) -> tuple[str, Document]:
    return "PUT", {**person, "active": active}


def _added(member_id: str) -> Document:
    return _patch({"op": "add", "path": "members", "value": [{"value": member_id}]})


def _removed_by_filter(member_id: str) -> Document:
    return _patch({"op": "remove", "path": f'members[value eq "{member_id}"]'})


def _added_by_entra(member_id: str) -> Document:
    value = [{"$ref": None, "value": member_id}]
    return _patch({"op": "Add", "path": "members", "value": value})


def _removed_by_list(member_id: str) -> Document:
    value = [{"$ref": None, "value": member_id}]
    return _patch({"op": "Remove", "path": "members", "value": value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    provider: str
    user_agent: str
    probe: str
    """What its button “Test connection” asks, with `{name}` for a name that nobody has."""
    lookup: str
    """How it looks for somebody before creating them."""
    set_active: SetActive
    media_type: str = SCIM
    more: Mapping[str, Any] = field(default_factory=dict)
    """What it sends of a person beside the name and the address."""
    add_member: Callable[[str], Document] = _added
    remove_member: Callable[[str], Document] = _removed_by_filter
    has_groups: bool = True
    deletes_people: bool = True


DIALECTS: Mapping[str, Dialect] = {
    "okta": Dialect(
        provider="Okta",
        user_agent="Okta SCIM Client 1.0.0",
        probe="/Users?startIndex=1&count=2",
        lookup="/Users?filter=userName%20eq%20%22{name}%22&startIndex=1&count=100",
        set_active=_patched_whole,
        more={"groups": [], "locale": "en-US"},
        deletes_people=False,
    ),
    "entra": Dialect(
        provider="Microsoft Entra ID",
        user_agent="Microsoft Azure AD SCIM provisioning",
        probe="/Users?filter=userName+eq+%22{name}%22",
        lookup="/Users?filter=externalId+eq+%22{name}%22",
        set_active=_patched_as_text,
        more={"roles": [], "meta": {"resourceType": "User"}},
        add_member=_added_by_entra,
        remove_member=_removed_by_list,
    ),
    "google": Dialect(
        provider="Google Workspace",
        user_agent="Google-Auto-Provisioning",
        media_type="application/json",
        probe="/Users",
        lookup="/Users?filter=userName%20eq%20%22{name}%22&startIndex=1",
        set_active=_replaced,
        has_groups=False,
    ),
    "jumpcloud": Dialect(
        provider="JumpCloud",
        user_agent="JumpCloud",
        probe="/Users?filter=userName%20eq%20%22{name}%22",
        lookup="/Users?filter=userName%20eq%20%22{name}%22",
        set_active=_replaced,
        more={"locale": "en", "addresses": []},
    ),
}
