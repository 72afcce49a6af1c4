"""What the product refuses, in SCIM words; must not know who is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from scim_provisioning.protocol import errors as scim
from workspace import errors
from workspace.services.transactions import joined

_REFUSALS: Mapping[type[errors.WorkspaceError], scim.ScimError] = {
    errors.EmailTaken: scim.Uniqueness(
        "emails: another user of this workspace has this e-mail address."
    ),
    errors.EmailInvalid: scim.InvalidValue("emails: the value is not an e-mail address."),
    errors.GroupNameTaken: scim.Uniqueness(
        "displayName: another group of this workspace has this name."
    ),
    errors.UnknownMembers: scim.InvalidValue(
        "members: at least one value is not the id of a user here."
    ),
    errors.SeatLimitReached: scim.Forbidden(
        "active: every seat of the workspace is taken. "
        "Free a seat or raise the limit in the workspace's plan, then try again."
    ),
    errors.LastOwner: scim.Forbidden(
        "This person is the workspace's last active owner and can't be deactivated or deleted. "
        "Make somebody else an owner of the workspace first."
    ),
}


@contextmanager
def in_scim_words() -> Iterator[None]:
    """Let the services be parts of the request's transaction; translate what they refuse."""
    try:
        with joined():
            yield
    except errors.TextTooLong as problem:
        raise scim.InvalidValue(
            f"{problem.field}: longer than {problem.limit} characters."
        ) from problem
    except errors.WorkspaceError as problem:
        refusal = _REFUSALS.get(type(problem))
        if refusal is None:
            raise scim.BadRequest(str(problem)) from problem
        raise type(refusal)(refusal.detail) from problem
