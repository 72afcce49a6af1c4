"""What administrators do to their workspace by hand; must not change plans or domains."""

from __future__ import annotations

from workspace.models import Member
from workspace.services import guards, workspaces
from workspace.services.transactions import service


@service
def rename_workspace(*, name: str, by: Member) -> None:
    guards.require_administrator(by, workspace_id=by.workspace_id)
    workspaces.rename_workspace(workspace=by.workspace, name=name)
