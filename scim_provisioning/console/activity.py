"""The journal in an owner's words.

Must not know how a directory's request was carried out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scim_provisioning.console.providers import provider
from scim_provisioning.console.sentences import translated
from scim_provisioning.credentials import Reason
from scim_provisioning.journal import AUTHENTICATE, COUNTED, LIMIT, Decision
from scim_provisioning.models import Connection, JournalEntry
from scim_provisioning.models.connection import GroupPolicy
from scim_provisioning.protocol.urns import ENTERPRISE_USER

_DEEDS: Mapping[tuple[str, str], str | Promise] = {
    ("create", "User"): _("Add person"),
    ("replace", "User"): _("Update person"),
    ("patch", "User"): _("Update person"),
    ("delete", "User"): _("Remove person"),
    ("get", "User"): _("Read people"),
    ("create", "Group"): _("Add group"),
    ("replace", "Group"): _("Update group"),
    ("patch", "Group"): _("Update group"),
    ("delete", "Group"): _("Remove group"),
    ("get", "Group"): _("Read groups"),
    ("get", ""): _("Read"),
    ("create", ""): _("Bulk request"),
    (AUTHENTICATE, ""): _("Sign in"),
    (LIMIT, ""): _("Too many requests"),
    (Decision.ENABLE, ""): _("Enable provisioning"),
    (Decision.DISABLE, ""): _("Disable provisioning"),
    (Decision.MAKE_TOKEN, "Token"): _("Create token"),
    (Decision.END_TOKEN, "Token"): _("Set end of token"),
    (Decision.REVOKE_TOKEN, "Token"): _("Revoke token"),
    (Decision.CHOOSE_POLICY, ""): _("Choose for groups from before"),
    (Decision.TIE_ROLE, "Group"): _("Choose role of group"),
    (Decision.UNDO_ADOPTION, "Group"): _("Undo adoption of group"),
    (Decision.RESTORE_GROUP, "Group"): _("Restore group"),
    (Decision.HAND_BACK, "User"): _("Hand back attribute"),
    (Decision.SET_WEBHOOK, ""): _("Set webhook"),
    (Decision.REMOVE_WEBHOOK, ""): _("Remove webhook"),
    (Decision.ROTATE_KEY, ""): _("Change key of webhook"),
}
_OPERATION_OF_VERB = {"post": "create", "put": "replace", "search": "get"}
"""A refused request is recorded under its HTTP verb."""
_PARTIAL = frozenset({"patch", "replace", Decision.HAND_BACK})
_REJECTIONS: Mapping[str, str | Promise] = {
    Reason.MISSING: _("No token came with the request."),
    Reason.MALFORMED: _("What came as a token is none: look for a missing end or a blank."),
    Reason.UNKNOWN: _("The token is not one of this workspace’s."),
    Reason.EXPIRED: _("The token had expired."),
    Reason.REVOKED: _("The token was revoked."),
    Reason.SWITCHED_OFF: _("Provisioning was disabled."),
    Reason.UNAVAILABLE: _("The workspace’s plan did not include provisioning."),
}
_LIMITED = _("The directory sent more than the limit allows, and was asked to try again later.")
_STANDINGS: Mapping[str, str | Promise] = {
    "status": _("status"),
    "role": _("role"),
    "policy": _("groups from before"),
}

_FIRST_REFUSED_STATUS = 400
_DECISIONS = frozenset(Decision)
_MOST_FOUND = 500
_AT_ONCE = 500


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"


class Kind(StrEnum):
    PEOPLE = "people"
    GROUPS = "groups"
    CREDENTIALS = "credentials"
    DECISIONS = "decisions"
    """What owners decided here, of people and groups too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines to show; empty is all."""

    text: str = ""
    """Part of a person's or a group's name."""
    outcome: Outcome | None = None
    kind: Kind | None = None
    scim_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of the activity table."""

    id: int
    at: datetime
    provider: str
    by: str
    """The owner who decided this here; "" for what a directory did."""
    what: str
    whom: str
    """userName or displayName; the start of the SCIM id when no link has it any more, or of a
    token."""
    scim_id: UUID | None
    kind: str
    outcome: Outcome
    code: str
    """HTTP status and scimType of a refusal."""
    changed: str
    """Names of attributes; empty for what was added or removed whole."""
    transitions: str
    """Status and role, before and after."""
    reason: str
    count: int
    correlation_id: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPage:
    deeds: Sequence[Deed]
    older: int | None
    """What to ask for as `before` to go on; None at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """What the ids in a journal are called now."""

    resources: Mapping[UUID, str]
    tokens: Mapping[int, str]
    actors: Mapping[Any, str]


def read(
    connection: Connection, wanted: Wanted, *, count: int, before: int | None = None
) -> ActivityPage:
    """List lines, newest first; the number of queries does not depend on `count`."""
    entries = _entries(connection, wanted)
    if before is not None:
        entries = entries.filter(pk__lt=before)
    page = list(entries[: count + 1])
    return ActivityPage(
        deeds=_deeds(connection, page[:count]),
        older=page[count - 1].pk if len(page) > count else None,
    )


def read_all(connection: Connection, wanted: Wanted) -> Iterator[Deed]:
    """Go through all lines, newest first, in portions."""
    page = read(connection, wanted, count=_AT_ONCE)
    yield from page.deeds
    while page.older is not None:
        page = read(connection, wanted, count=_AT_ONCE, before=page.older)
        yield from page.deeds


def _entries(connection: Connection, wanted: Wanted) -> QuerySet[JournalEntry]:
    entries = connection.journal.order_by("-id")
    if wanted.scim_id is not None:
        entries = entries.filter(scim_id=wanted.scim_id)
    if wanted.text:
        entries = entries.filter(scim_id__in=_named(connection, wanted.text))
    if wanted.outcome is not None:
        is_refused = Q(status__gte=_FIRST_REFUSED_STATUS)
        entries = entries.filter(is_refused if wanted.outcome is Outcome.REFUSED else ~is_refused)
    if wanted.kind is Kind.CREDENTIALS:
        return entries.filter(operation=AUTHENTICATE)
    if wanted.kind is Kind.DECISIONS:
        return entries.filter(operation__in=list(Decision))
    if wanted.kind is not None:
        return entries.filter(resource_type="User" if wanted.kind is Kind.PEOPLE else "Group")
    return entries


def _named(connection: Connection, text: str) -> list[UUID]:
    people = connection.user_links.filter(user_name__icontains=text)
    groups = connection.group_links.filter(display_name__icontains=text)
    return [
        scim_id
        for links in (people, groups)
        for scim_id in links.order_by("-pk").values_list("scim_id", flat=True)[:_MOST_FOUND]
    ]


def _deeds(connection: Connection, entries: Sequence[JournalEntry]) -> list[Deed]:
    names = _names(connection, entries)
    return [_deed(entry, names) for entry in entries]


def _names(connection: Connection, entries: Sequence[JournalEntry]) -> _Names:
    """Look up whom the entries are about; nothing is asked for that none of them has."""
    scim_ids = {entry.scim_id for entry in entries if entry.scim_id}
    people = connection.user_links.filter(scim_id__in=scim_ids)
    groups = connection.group_links.filter(scim_id__in=scim_ids)
    decisions = [entry for entry in entries if entry.operation in _DECISIONS]
    tokens = connection.tokens.filter(pk__in={each.token_id for each in decisions if each.token_id})
    accounts = get_user_model()._default_manager
    actors = accounts.in_bulk({each.actor_id for each in decisions if each.actor_id})
    return _Names(
        resources={
            **dict(people.values_list("scim_id", "user_name")),
            **dict(groups.values_list("scim_id", "display_name")),
        },
        tokens={token.pk: str(token) for token in tokens},
        actors={key: str(account) for key, account in actors.items()},
    )


def _deed(entry: JournalEntry, names: _Names) -> Deed:
    is_refused = entry.status >= _FIRST_REFUSED_STATUS
    return Deed(
        id=entry.pk,
        at=entry.occurred_at,
        provider=provider(entry.user_agent),
        by=names.actors.get(entry.actor_id, ""),
        what=_what(entry),
        whom=_whom(entry, names),
        scim_id=entry.scim_id,
        kind=entry.resource_type,
        outcome=Outcome.REFUSED if is_refused else Outcome.DONE,
        code=_code(entry) if is_refused else "",
        changed=_changed(entry),
        transitions=_transitions(entry),
        reason=_reason(entry),
        count=entry.count,
        correlation_id=entry.correlation_id,
        address=entry.address or "",
    )


def _what(entry: JournalEntry) -> str:
    operation = _OPERATION_OF_VERB.get(entry.operation, entry.operation)
    deed = _DEEDS.get((operation, entry.resource_type))
    return str(deed or f"{entry.operation} {entry.resource_type}".strip())


def _whom(entry: JournalEntry, names: _Names) -> str:
    if entry.scim_id is None:
        return names.tokens.get(entry.token_id or 0, "")
    return names.resources.get(entry.scim_id) or f"{str(entry.scim_id)[:8]}…"


def _code(entry: JournalEntry) -> str:
    if entry.operation in COUNTED:
        return str(entry.status)
    return f"{entry.status} {entry.scim_type}".strip()


def _changed(entry: JournalEntry) -> str:
    if entry.operation not in _PARTIAL:
        return ""
    names = (name.removeprefix(f"{ENTERPRISE_USER}:") for name in entry.changed)
    return ", ".join("enterprise" if name == ENTERPRISE_USER else name for name in names)


def _transitions(entry: JournalEntry) -> str:
    return ", ".join(
        f"{word}: {_arrow(name, *entry.transitions[name])}"
        for name, word in _STANDINGS.items()
        if name in entry.transitions
    )


def _arrow(name: str, before: str, after: str) -> str:
    told = _standing(name, after) or _("none")
    return f"{_standing(name, before)} → {told}" if before else str(told)


def _standing(name: str, value: str) -> str:
    if name == "policy" and value in GroupPolicy:
        return str(GroupPolicy(value).label)
    return value.lower()


def _reason(entry: JournalEntry) -> str:
    if entry.operation == AUTHENTICATE and entry.scim_type in _REJECTIONS:
        return str(_REJECTIONS[entry.scim_type])
    return str(_LIMITED) if entry.operation == LIMIT else " ".join(map(translated, entry.notes))
