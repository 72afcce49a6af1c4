"""Bearer tokens: mint, verify, rotate, revoke (RFC 6750, RFC 7644 §2).

A token reads `scim_<8 id>_<43 secret><6 checksum>`. The secret has 256 bits, so its SHA-256 is
enough at rest: a slow hash would only make every request cost more. Must not know HTTP.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import uuid
import zlib
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from scim_provisioning import conf
from scim_provisioning.models import Connection, Token
from scim_provisioning.outbox.events import EventName, about_token
from scim_provisioning.outbox.recording import record
from scim_provisioning.prepared import Prepared, Slot
from scim_provisioning.protocol.errors import Forbidden, Unauthorized

PATTERN = re.compile(
    r"scim_(?P<key_id>[0-9A-Za-z]{8})_(?P<secret>[0-9A-Za-z]{43})(?P<checksum>[0-9A-Za-z]{6})"
)
LIVE_TOKENS = 2
"""How many tokens of a connection may be live at once: the old and the new of a rotation."""
USE_RECORDED_EVERY = timedelta(minutes=5)
"""How old the recorded use of a token may be while it is in use."""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_NO_DIGEST = "0" * 64


class TooManyTokens(Exception):
    """A connection already has as many live tokens as it may have."""


class Reason(StrEnum):
    """Why a credential was rejected: for the owner's journal, never for who sent it."""

    MISSING = "missing"
    MALFORMED = "malformed"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SWITCHED_OFF = "switchedOff"
    UNAVAILABLE = "unavailable"
    """The token is right, and the workspace's plan does not include provisioning."""


COSTS_NO_QUERY = frozenset({Reason.MISSING, Reason.MALFORMED})
"""Told apart by their looks, without asking the database."""


class Rejected(Unauthorized):
    """A wrong token, refused in the same words whatever is wrong with it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__()
        self.reason = reason


class Closed(Forbidden):
    """A genuine token of a connection that takes no requests now."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@transaction.atomic
def mint(*, connection: Connection, label: str = "", created_by: Any = None) -> tuple[Token, str]:
    """Make a token; the text is returned here and never again.

    Locks the connection, so that two at a time can't both be the last one allowed.
    Raises TooManyTokens.
    """
    Connection.objects.select_for_update().get(pk=connection.pk)
    now = timezone.now()
    if live_tokens(connection, now).count() >= LIVE_TOKENS:
        raise TooManyTokens
    key_id = _random(8)
    secret = _random(43)
    text = f"scim_{key_id}_{secret}{_checksum(key_id + secret)}"
    token = Token.objects.create(
        connection=connection,
        key_id=key_id,
        digest=_digest(text),
        label=label,
        created_by=created_by,
        expires_at=now + timedelta(days=conf.value("TOKEN_LIFETIME_DAYS")),
    )
    record(connection, [EventName.TOKEN_CREATED], about_token(token.pk))
    return token, text


def verify(text: str, *, connection_id: str) -> Token:
    """Find the live token that a request carries, with its connection and workspace: one query.

    A malformed token costs no query. Every wrong one is refused in the same words (Rejected);
    only who holds a genuine token of a connection that is switched off learns that (Closed).
    """
    match = PATTERN.fullmatch(text)
    public_id = _uuid(connection_id)
    if match is None or public_id is None:
        raise Rejected(Reason.MALFORMED)
    if not hmac.compare_digest(_checksum(match["key_id"] + match["secret"]), match["checksum"]):
        raise Rejected(Reason.MALFORMED)
    token = next(iter(_find(key_id=match["key_id"], public_id=public_id)), None)
    is_genuine = hmac.compare_digest(token.digest if token else _NO_DIGEST, _digest(text))
    if token is None or not is_genuine:
        raise Rejected(Reason.UNKNOWN)
    if not token.connection.is_enabled:
        raise Closed(
            Reason.SWITCHED_OFF,
            "Directory provisioning is switched off for this workspace. "
            "An owner can switch it on in the workspace settings.",
        )
    if not token.is_live(timezone.now()):
        raise Rejected(Reason.REVOKED if token.revoked_at else Reason.EXPIRED)
    return token


def record_use(token: Token, *, address: str | None = None, user_agent: str = "") -> None:
    """Remember that a token was used, and by whom; writes at most once in five minutes."""
    now = timezone.now()
    if token.last_used_at and now - token.last_used_at < USE_RECORDED_EVERY:
        return
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_RECORDED_EVERY)
    Token.objects.filter(stale, pk=token.pk, connection_id=token.connection_id).update(
        last_used_at=now, last_used_from=address, last_used_by=user_agent
    )


def end_at(token: Token, moment: datetime) -> None:
    """Let a token end earlier than it would; a moment after its own end changes nothing."""
    Token.objects.filter(
        pk=token.pk, connection_id=token.connection_id, expires_at__gt=moment
    ).update(expires_at=moment)


def revoke(token: Token) -> None:
    """End a token at once."""
    _revoke(token.connection, Q(pk=token.pk))


def revoke_all(connection: Connection) -> None:
    """End every token of a connection at once."""
    _revoke(connection, Q())


def live_tokens(connection: Connection, now: datetime) -> QuerySet[Token]:
    """List the tokens that open the connection now, newest first."""
    return connection.tokens.filter(revoked_at=None, expires_at__gt=now).order_by("-id")


@transaction.atomic
def _revoke(connection: Connection, which: Q) -> None:
    tokens = connection.tokens.filter(which, revoked_at=None).select_for_update()
    for token in tokens:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record(connection, [EventName.TOKEN_REVOKED], about_token(token.pk))


def _by_key() -> QuerySet[Token]:
    keys = {
        "key_id": Slot("key_id", Token._meta.get_field("key_id")),
        "connection__public_id": Slot("public_id", Connection._meta.get_field("public_id")),
    }
    return Token.objects.filter(**keys).select_related(
        "connection__workspace", "connection__webhook"
    )


_find = Prepared(_by_key)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _checksum(text: str) -> str:
    """CRC-32 in base 62: a typo or a scanner's false find is refused without a query."""
    number = zlib.crc32(text.encode())
    digits = ""
    for _ in range(6):
        number, digit = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return digits


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
