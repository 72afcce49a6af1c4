"""Short ways to patch a document in tests."""

from __future__ import annotations

from typing import Any

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.membership import MembershipChange
from scim_provisioning.protocol.patch import Patch, compile_patch
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE, ResourceType

ENTERPRISE = urns.ENTERPRISE_USER


def operation(op: str, path: str | None = None, **value: Any) -> dict[str, Any]:
    """Write an operation; a value is given as `value=`, so that null is one too."""
    return {"op": op, **({"path": path} if path is not None else {}), **value}


def message(*operations: dict[str, Any]) -> dict[str, Any]:
    return {"schemas": [urns.PATCH_OP], "Operations": list(operations)}


def compiled(*operations: dict[str, Any], resource_type: ResourceType = USER_TYPE) -> Patch:
    return compile_patch(message(*operations), resource_type)


def patched(document: dict[str, Any], *operations: dict[str, Any]) -> dict[str, Any]:
    """Patch a person's document."""
    return compiled(*operations).apply(document)


def membership(*operations: dict[str, Any]) -> MembershipChange:
    """Compile operations on a group into the change of its members."""
    change = compiled(*operations, resource_type=GROUP_TYPE).membership
    assert change is not None
    return change
