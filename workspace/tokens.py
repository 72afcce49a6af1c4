"""Secrets of links and keys: how they are made and read; must not know the database."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.signing import BadSignature, Signer

from workspace.errors import InvitationUnusable

if TYPE_CHECKING:
    from workspace.models import User

# At most 18 digits: any such number fits the column.
_API_KEY = re.compile(r"wk_(?P<workspace_id>[0-9]{1,18})_[A-Za-z0-9_-]{43}")


def new_api_key(*, workspace_id: int) -> str:
    """Return `wk_<workspace>_` and 256 random bits as 43 URL-safe characters.

    It names its workspace, so that one look-up there finds it, wherever the workspace's rows are.
    """
    return f"wk_{workspace_id}_{secrets.token_urlsafe(32)}"


def workspace_of_api_key(secret: str) -> int | None:
    """Return the workspace's id; None where the text is no API key."""
    match = _API_KEY.fullmatch(secret)
    return int(match["workspace_id"]) if match else None


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
