"""What the settings page shows of a workspace's connection.

Must not know a request or a template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone

from scim_provisioning import conf, connections, credentials, rejections
from scim_provisioning.adapters import registry
from scim_provisioning.console.activity import Deed, Wanted, read
from scim_provisioning.console.health import Health, examine
from scim_provisioning.console.preview import Preview, preview
from scim_provisioning.console.providers import provider
from scim_provisioning.models import Connection, Token

_ACTIVITY_LINES = 20
_ENDED_TOKENS = 3


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
    last_used_from: str
    last_used_by: str
    """The provider whose client it was."""
    state: TokenState
    is_old: bool
    """A newer one is live too: it is time to let go of this one."""
    is_still_used: bool
    """It is old and was used since the newer one was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    workspace_name: str
    state: State
    unavailable_reason: str
    base_url: str = ""
    group_policy: str = ""
    disabled_at: datetime | None = None
    tokens: Sequence[TokenLine] = ()
    newest_token: int | None = None
    has_room_for_token: bool = False
    health: Health | None = None
    activity: Sequence[Deed] = ()
    preview: Preview | None = None
    """What enabling would do; None where it is enabled, or can't be."""
    retention_days: int = 0
    """How long the activity is kept."""

    @property
    def is_on(self) -> bool:
        return self.state in {State.ENABLED, State.PAUSED}

    @property
    def has_live_token(self) -> bool:
        return any(token.state is TokenState.LIVE for token in self.tokens)


def look_at(workspace: Any) -> Overview:
    """Gather all that the page shows; the number of queries does not depend on the data."""
    rejections.write_noted()
    adapter = registry.workspace_adapter()
    reason = adapter.unavailable_reason(workspace) or ""
    connection = connections.find_connection(workspace)
    state = _state(connection, reason)
    is_open = state in {State.NEVER_ENABLED, State.DISABLED}
    shared: dict[str, Any] = {
        "workspace_name": adapter.name(workspace),
        "state": state,
        "unavailable_reason": reason,
        "preview": preview(workspace) if is_open else None,
        "retention_days": conf.value("JOURNAL_RETENTION_DAYS"),
    }
    return Overview(**shared, **(_of(connection) if connection else {}))


def state_of(workspace: Any) -> State:
    """Tell how far a workspace has come."""
    reason = registry.workspace_adapter().unavailable_reason(workspace) or ""
    return _state(connections.find_connection(workspace), reason)


def _of(connection: Connection) -> dict[str, Any]:
    now = timezone.now()
    tokens = _tokens(connection, now)
    live = [token for token in tokens if token.is_live(now)]
    return {
        "base_url": connection.base_url,
        "group_policy": connection.group_policy,
        "disabled_at": connection.disabled_at,
        "tokens": [_token_line(token, live, now) for token in tokens],
        "newest_token": max((token.pk for token in tokens), default=None),
        "has_room_for_token": len(live) < credentials.LIVE_TOKENS,
        "health": examine(connection, now),
        "activity": read(connection, Wanted(), count=_ACTIVITY_LINES).deeds,
    }


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


def _token_line(token: Token, live: Sequence[Token], now: datetime) -> TokenLine:
    state = _token_state(token, now)
    newer = [each for each in live if each.pk > token.pk] if state is TokenState.LIVE else []
    last = token.last_used_at
    return TokenLine(
        id=token.pk,
        prefix=str(token),
        label=token.label,
        created_at=token.created_at,
        created_by=str(token.created_by or ""),
        expires_at=token.expires_at,
        last_used_at=last,
        last_used_from=token.last_used_from or "",
        last_used_by=provider(token.last_used_by),
        state=state,
        is_old=bool(newer),
        is_still_used=any(last is not None and last > each.created_at for each in newer),
    )


def _token_state(token: Token, now: datetime) -> TokenState:
    if token.revoked_at is not None:
        return TokenState.REVOKED
    return TokenState.LIVE if token.is_live(now) else TokenState.EXPIRED
