"""A workspace as the settings page and the endpoints ask about it; must not know its people."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from scim_provisioning import adapters
from workspace import selectors
from workspace.models import User, Workspace


class WorkspaceAdapter(adapters.WorkspaceAdapter):
    @classmethod
    def find(cls, identifier: str) -> Workspace:
        return get_object_or_404(Workspace, slug=identifier)

    @classmethod
    def name(cls, workspace: Workspace) -> str:
        return workspace.name

    @classmethod
    def refusal(cls, workspace: Workspace, user: Any) -> str | None:
        member = selectors.membership(user=user, slug=workspace.slug) if _is_user(user) else None
        if member is None:
            raise Http404
        if not member.is_owner:
            return "Only an owner of the workspace can manage directory provisioning."
        return None

    @classmethod
    def unavailable_reason(cls, workspace: Workspace) -> str | None:
        if workspace.plan == Workspace.Plan.ENTERPRISE:
            return None
        return "Directory provisioning needs the Enterprise plan, which this workspace is not on."

    @classmethod
    def seats_left(cls, workspace: Workspace) -> int | None:
        return selectors.seats_left(workspace)

    @classmethod
    def unmanaged(cls, workspace: Workspace) -> list[tuple[str, str]]:
        reason = "Clocks in at the kiosk, without an address."
        return [(member.name, reason) for member in selectors.kiosk_members(workspace)]


def _is_user(user: Any) -> bool:
    return isinstance(user, User) and user.is_active
