"""The adapters that the host's settings name.

Must not know a host.
"""

from __future__ import annotations

from typing import cast

from scim_provisioning import conf
from scim_provisioning.adapters.groups import GroupAdapter
from scim_provisioning.adapters.users import UserAdapter
from scim_provisioning.adapters.workspaces import WorkspaceAdapter


def workspace_adapter() -> type[WorkspaceAdapter]:
    return cast(type[WorkspaceAdapter], conf.load("WORKSPACE_ADAPTER"))


def user_adapter() -> type[UserAdapter]:
    return cast(type[UserAdapter], conf.load("USER_ADAPTER"))


def group_adapter() -> type[GroupAdapter]:
    return cast(type[GroupAdapter], conf.load("GROUP_ADAPTER"))
