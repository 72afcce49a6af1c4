"""What the settings page shows of a workspace's connection.

Must not know a request or a template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Max
from django.utils import timezone

from scim_provisioning import connections, credentials
from scim_provisioning.adapters import registry
from scim_provisioning.console.activity import Deed, latest
from scim_provisioning.models import Connection, Token

_ACTIVITY_LINES = 20
_ENDED_TOKENS = 3
_JUST_NOW = timedelta(minutes=1)


class State(StrEnum):
    NEVER_ENABLED = "never-enabled"
    ENABLED = "enabled"
    PAUSED = "paused"
    """Enabled, and the workspace may not use it now."""
    DISABLED = "disabled"
    UNAVAILABLE = "unavailable"
    """Not enabled, and the workspace may not enable it now."""


class TokenState(StrEnum):
    LIVE = "live"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenLine:
    id: int
    prefix: str
    label: str
    created_at: datetime
    created_by: str
    """Empty when it was made on the command line, or its maker's account is gone."""
    expires_at: datetime
    last_used_at: datetime | None
    state: TokenState


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What the directory has done so far."""

    last_request_at: datetime | None
    was_just_now: bool
    people: int
    groups: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    workspace_name: str
    state: State
    unavailable_reason: str
    base_url: str = ""
    disabled_at: datetime | None = None
    tokens: Sequence[TokenLine] = ()
    newest_token: int | None = None
    has_room_for_token: bool = False
    health: Health | None = None
    activity: Sequence[Deed] = ()


def look_at(workspace: Any) -> Overview:
    """Gather all that the page shows; the number of queries does not depend on the data."""
    adapter = registry.workspace_adapter()
    reason = adapter.unavailable_reason(workspace) or ""
    connection = connections.find_connection(workspace)
    state = _state(connection, reason)
    name = adapter.name(workspace)
    if connection is None:
        return Overview(workspace_name=name, state=state, unavailable_reason=reason)
    now = timezone.now()
    tokens = _tokens(connection, now)
    activity = latest(connection, count=_ACTIVITY_LINES)
    live = [token for token in tokens if token.is_live(now)]
    return Overview(
        workspace_name=name,
        state=state,
        unavailable_reason=reason,
        base_url=connection.base_url,
        disabled_at=connection.disabled_at,
        tokens=[_token_line(token, now) for token in tokens],
        newest_token=max((token.pk for token in tokens), default=None),
        has_room_for_token=len(live) < credentials.LIVE_TOKENS,
        health=_health(connection, activity, now),
        activity=activity,
    )


def _state(connection: Connection | None, reason: str) -> State:
    if connection is not None and connection.is_enabled:
        return State.PAUSED if reason else State.ENABLED
    if reason:
        return State.UNAVAILABLE
    if connection is None or connection.enabled_at is None:
        return State.NEVER_ENABLED
    return State.DISABLED


def _tokens(connection: Connection, now: datetime) -> list[Token]:
    """List the live tokens, then the last ones that have ended."""
    live = list(credentials.live_tokens(connection, now).select_related("created_by"))
    ended = connection.tokens.exclude(pk__in=[token.pk for token in live])
    return [*live, *ended.select_related("created_by").order_by("-id")[:_ENDED_TOKENS]]


def _token_line(token: Token, now: datetime) -> TokenLine:
    return TokenLine(
        id=token.pk,
        prefix=str(token),
        label=token.label,
        created_at=token.created_at,
        created_by=str(token.created_by or ""),
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
        state=_token_state(token, now),
    )


def _token_state(token: Token, now: datetime) -> TokenState:
    if token.revoked_at is not None:
        return TokenState.REVOKED
    return TokenState.LIVE if token.is_live(now) else TokenState.EXPIRED


def _health(connection: Connection, activity: Sequence[Deed], now: datetime) -> Health:
    # The use of a token is recorded every few minutes only, a write at once.
    used_at = connection.tokens.aggregate(at=Max("last_used_at"))["at"]
    wrote_at = activity[0].at if activity else None
    last_request_at = max(filter(None, (used_at, wrote_at)), default=None)
    return Health(
        last_request_at=last_request_at,
        was_just_now=last_request_at is not None and now - last_request_at < _JUST_NOW,
        people=connection.user_links.filter(managed_since__isnull=False, deleted_at=None).count(),
        groups=connection.group_links.filter(managed_since__isnull=False, deleted_at=None).count(),
    )
