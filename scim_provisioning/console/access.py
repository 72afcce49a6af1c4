"""Who may enter the settings page.

Must not know what is done there.
"""

from __future__ import annotations

from typing import Any

from scim_provisioning.adapters import registry


class SignedOut(Exception):
    """Nobody is signed in."""


class NotAllowed(Exception):
    """A member of the workspace who may not manage provisioning; `str(error)` says why."""


def enter(user: Any, identifier: str) -> Any:
    """Find the workspace that a person wants to manage.

    Raises SignedOut, NotAllowed, and Http404 for who may not know that the workspace exists.
    """
    if not user.is_authenticated:
        raise SignedOut
    adapter = registry.workspace_adapter()
    workspace = adapter.find(identifier)
    refusal = adapter.refusal(workspace, user)
    if refusal is not None:
        raise NotAllowed(refusal)
    return workspace
