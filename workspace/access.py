"""The one gate into a workspace, asked anew on every request.

Must not remember an answer: access that was cut is gone with the next request.
"""

from __future__ import annotations

from workspace import selectors
from workspace.errors import NoAccess
from workspace.models import ApiKey, Member, User
from workspace.tokens import digest, workspace_of_api_key


def enter_workspace(*, user: User, slug: str) -> Member:
    """Return the person's active membership; raise NoAccess, alike for every cause."""
    # A query string may hold what no slug does; PostgreSQL refuses to compare a NUL.
    member = selectors.membership(user=user, slug=slug) if slug.isprintable() else None
    if member is None:
        raise NoAccess
    return member


def enter_only_workspace(*, user: User) -> Member:
    """Return the active membership of a person who has exactly one; raise NoAccess."""
    memberships = list(selectors.memberships_of(user)[:2])
    if len(memberships) != 1:
        raise NoAccess("Name one of your workspaces: ?workspace=<slug>.")
    return memberships[0]


def enter_with_key(secret: str) -> ApiKey:
    """Return the key with its member, user and workspace; raise NoAccess. One query."""
    workspace_id = workspace_of_api_key(secret)
    if workspace_id is None:
        raise NoAccess
    key = (
        ApiKey.objects.filter(
            workspace_id=workspace_id,
            digest=digest(secret),
            revoked_at__isnull=True,
            member__status=Member.Status.ACTIVE,
            member__user__is_active=True,
        )
        .select_related("member__workspace", "member__user")
        .first()
    )
    if key is None:
        raise NoAccess
    return key
