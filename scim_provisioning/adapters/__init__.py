"""The seam: what a host subclasses to plug its own models in."""

from __future__ import annotations

from scim_provisioning.adapters.contract import Document
from scim_provisioning.adapters.groups import GroupAdapter
from scim_provisioning.adapters.users import UserAdapter
from scim_provisioning.adapters.workspaces import WorkspaceAdapter

__all__ = ["Document", "GroupAdapter", "UserAdapter", "WorkspaceAdapter"]
