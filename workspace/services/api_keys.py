"""Personal API keys: made, noted as used, revoked; must not keep a key's text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import now

from workspace import selectors
from workspace.errors import NoAccess
from workspace.models import ApiKey, Member
from workspace.names import fitting
from workspace.services.transactions import service
from workspace.tokens import digest, new_api_key

LABEL_LENGTH = 100
HIDDEN_LENGTH = 38
USE_NOTED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApiKey:
    api_key: ApiKey
    secret: str
    """The key's text, to be shown once."""


@service
def create_api_key(*, member: Member, label: str) -> NewApiKey:
    """Make a key for somebody with access now; raise NoAccess or TextTooLong."""
    if member.status != Member.Status.ACTIVE or member.user_id is None:
        raise NoAccess
    secret = new_api_key(workspace_id=member.workspace_id)
    api_key = ApiKey.objects.create(
        workspace_id=member.workspace_id,
        member=member,
        label=fitting(label.strip(), limit=LABEL_LENGTH, field="label") or "API key",
        prefix=secret[:-HIDDEN_LENGTH],
        digest=digest(secret),
    )
    return NewApiKey(api_key=api_key, secret=secret)


@service
def revoke_api_key(*, api_key: ApiKey) -> None:
    """Revoke for ever; revoking again keeps the first date."""
    if api_key.revoked_at is None:
        api_key.revoked_at = now()
        api_key.save(update_fields=["revoked_at"])


@service
def revoke_api_keys(*, member: Member) -> int:
    """Revoke all keys of a member; return how many were left."""
    return selectors.usable_api_keys(member).update(revoked_at=now())


@service
def note_use(*, api_key: ApiKey) -> None:
    """Note the use, at most once in five minutes, so that reading stays cheap."""
    due = now() - USE_NOTED_EVERY
    if api_key.last_used_at is not None and api_key.last_used_at > due:
        return
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=due)
    ApiKey.objects.filter(stale, pk=api_key.pk).update(last_used_at=now())
