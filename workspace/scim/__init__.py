"""Where both vocabularies meet: the product's members and groups as SCIM users and groups.

The only package of the product that knows `scim_provisioning`. Must not write a table itself: it
calls the services that everybody calls.
"""

from __future__ import annotations

from workspace.scim import following, handlers
from workspace.scim.groups import GroupAdapter
from workspace.scim.members import MemberAdapter
from workspace.scim.workspaces import WorkspaceAdapter

__all__ = ["GroupAdapter", "MemberAdapter", "WorkspaceAdapter", "connect"]


def connect() -> None:
    """Follow the product and handle what directories do, from the start of the process on."""
    following.connect()
    handlers.register()
