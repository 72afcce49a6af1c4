"""Secrets of links and keys: how they are made and read; must not know the database."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.signing import BadSignature, Signer

from workspace.errors import InvitationUnusable

if TYPE_CHECKING:
    from workspace.models import User

API_KEY_PREFIX = "wk_"


def new_api_key() -> str:
    """Return 256 random bits as `wk_` and 43 URL-safe characters."""
    return API_KEY_PREFIX + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    # A random secret of 256 bits needs no slow hash, and each request computes this one.
    return hashlib.sha256(secret.encode()).hexdigest()


def invitation_token(invitation_id: int) -> str:
    return _invitation_signer().sign(str(invitation_id))


def read_invitation_token(token: str) -> int:
    """Return the invitation's id; raise InvitationUnusable on a forged token."""
    try:
        return int(_invitation_signer().unsign(token))
    except BadSignature as error:
        raise InvitationUnusable from error


def _invitation_signer() -> Signer:
    return Signer(salt="workspace.invitation")


class ResetTokenGenerator(PasswordResetTokenGenerator):
    """Django's reset links, which also die when the account's sessions are ended."""

    key_salt = "workspace.tokens.ResetTokenGenerator"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        # Django's own value holds the e-mail address, the password and the last sign-in.
        return f"{super()._make_hash_value(user, timestamp)}:{user.session_epoch}"


reset_tokens = ResetTokenGenerator()
