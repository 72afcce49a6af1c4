"""The seam for workspaces: who may connect a directory, and when.

Must not know SCIM.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest


class WorkspaceAdapter:
    """What the settings page, the commands and the endpoints ask the host about a workspace."""

    @classmethod
    def find(cls, identifier: str) -> Any:
        """Find a workspace by what its URLs call it, such as a slug; raises Http404."""
        raise NotImplementedError

    @classmethod
    def name(cls, workspace: Any) -> str:
        """Give the workspace's name for people."""
        raise NotImplementedError

    @classmethod
    def refusal(cls, workspace: Any, user: Any) -> str | None:
        """Say in a sentence why a person may not manage provisioning; None if they may.

        Raises Http404 for who may not even know that the workspace exists.
        """
        raise NotImplementedError

    @classmethod
    def unavailable_reason(cls, workspace: Any) -> str | None:
        """Say in a sentence why the workspace's directory is refused now; None if it isn't.

        Called on every SCIM request with the workspace loaded; may not query.
        """
        raise NotImplementedError

    # What a host may say besides

    @classmethod
    def reauthenticate(cls, request: HttpRequest, password: str) -> bool:
        """Check that it is still the person who signed in that sits there.

        Asked before a token is made or ended. A host whose people have no password here asks its
        own sign-in how long ago it was, whatever `password` holds.
        """
        return bool(password) and request.user.check_password(password)

    @classmethod
    def seats_left(cls, workspace: Any) -> int | None:
        """Count the people who can still be added; None where there is no limit."""
        return None

    @classmethod
    def unmanaged(cls, workspace: Any) -> Sequence[tuple[str, str]]:
        """Name the people whom no directory will see, each with the reason in a sentence."""
        return ()
