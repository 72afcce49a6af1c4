"""What an owner can do: enable, disable, make a token, revoke one.

    ActionRefused
    ├── Unavailable 403
    └── 409  AlreadyEnabled · NotEnabled · AlreadyRevoked · NewerToken · TokenLimit

Each action locks the connection and looks again, since the page it was sent from may be old, and
is journalled with who did it; whether they may is not asked here.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scim_provisioning import connections, credentials
from scim_provisioning.adapters import registry
from scim_provisioning.journal import Decision, record_decision, transitions
from scim_provisioning.models import Connection, Token
from scim_provisioning.models.connection import GroupPolicy


class ActionRefused(Exception):
    """An action that came to nothing; `sentence` tells the owner why."""

    status: ClassVar[int] = 409
    sentence: str | Promise


class Unavailable(ActionRefused):
    """The workspace may not use provisioning now; the page itself says why."""

    status = 403
    sentence = ""


class AlreadyEnabled(ActionRefused):
    sentence = _(
        "Provisioning was already enabled. A token is shown only when it is made: "
        "if nobody copied it, create a new one and revoke the old one."
    )


class NotEnabled(ActionRefused):
    sentence = _("Nothing was changed: provisioning was already disabled.")


class AlreadyRevoked(ActionRefused):
    sentence = _("Nothing was changed: this token had already ended.")


class NewerToken(ActionRefused):
    sentence = _(
        "No token was created: the page you sent this from was out of date. "
        "Look at the tokens below and try again if you still need one."
    )


class TokenLimit(ActionRefused):
    sentence = _(
        "No token was created: a workspace has two live tokens at most, the old one and the new "
        "one of a change. Revoke the one that is no longer used, then try again."
    )


@transaction.atomic
def enable(workspace: Any, *, by: Any, group_policy: GroupPolicy | None = None) -> str:
    """Switch provisioning on; returns the text of the first token.

    `group_policy` says what becomes of the groups from before (None: what was chosen before).
    Raises Unavailable, AlreadyEnabled.
    """
    _require_available(workspace)
    Connection.objects.get_or_create(pk=workspace.pk)
    connection = _locked(workspace)
    if connection.is_enabled:
        raise AlreadyEnabled
    before = connection.group_policy
    connection, text = connections.enable(workspace, created_by=by, group_policy=group_policy)
    record_decision(
        Decision.ENABLE,
        connection_id=connection.pk,
        by=by,
        token=connection.tokens.latest("id"),
        transitions=transitions({"policy": before}, {"policy": connection.group_policy}),
    )
    return text


@transaction.atomic
def disable(workspace: Any, *, by: Any) -> None:
    """Switch provisioning off; also while the plan is missing. Raises NotEnabled."""
    connections.disable(_locked_and_enabled(workspace))
    record_decision(Decision.DISABLE, connection_id=workspace.pk, by=by)


@transaction.atomic
def make_token(
    workspace: Any,
    *,
    label: str,
    newest_token: int | None,
    by: Any,
    old_one_ends_after: timedelta | None = None,
) -> str:
    """Make one more token; returns its text. The one before ends after a while (None: by itself).

    `newest_token` is the newest one that the owner's page knew, so that a form that is sent twice
    makes one token. Raises Unavailable, NotEnabled, NewerToken, TokenLimit.
    """
    _require_available(workspace)
    connection = _locked_and_enabled(workspace)
    newest = connection.tokens.order_by("-id").values_list("pk", flat=True).first()
    if newest != newest_token:
        raise NewerToken
    old = list(credentials.live_tokens(connection, timezone.now()))
    try:
        new, text = credentials.mint(connection=connection, label=label, created_by=by)
    except credentials.TooManyTokens as problem:
        raise TokenLimit from problem
    _record(Decision.MAKE_TOKEN, new, by)
    for token in old:
        _end_after(token, old_one_ends_after, by)
    return text


@transaction.atomic
def revoke_token(workspace: Any, token_id: int, *, by: Any) -> None:
    """End a token at once, also while the plan is missing.

    Raises AlreadyRevoked, and Http404 for a token of somebody else.
    """
    connection = _locked(workspace)
    token = connection.tokens.filter(pk=token_id).first()
    if token is None:
        raise Http404
    if not token.is_live(timezone.now()):
        raise AlreadyRevoked
    credentials.revoke(token)
    _record(Decision.REVOKE_TOKEN, token, by)


def _end_after(token: Token, duration: timedelta | None, by: Any) -> None:
    if duration is None:
        return
    if not duration:
        credentials.revoke(token)
        _record(Decision.REVOKE_TOKEN, token, by)
    moment = timezone.now() + duration
    if duration and moment < token.expires_at:
        _record(Decision.END_TOKEN, token, by)
    credentials.end_at(token, moment)


def _record(decision: Decision, token: Token, by: Any) -> None:
    record_decision(
        decision, connection_id=token.connection_id, by=by, resource_type="Token", token=token
    )


def _require_available(workspace: Any) -> None:
    if registry.workspace_adapter().unavailable_reason(workspace):
        raise Unavailable


def _locked_and_enabled(workspace: Any) -> Connection:
    connection = Connection.objects.select_for_update().filter(pk=workspace.pk).first()
    if connection is None or not connection.is_enabled:
        raise NotEnabled
    return connection


def _locked(workspace: Any) -> Connection:
    connection = Connection.objects.select_for_update().filter(pk=workspace.pk).first()
    if connection is None:
        raise Http404
    return connection
