"""The journal in an owner's words.

Must not know how a directory's request was carried out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scim_provisioning.console.providers import provider
from scim_provisioning.credentials import Reason
from scim_provisioning.journal import AUTHENTICATE, COUNTED, LIMIT
from scim_provisioning.models import Connection, JournalEntry
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
}
_OPERATION_OF_VERB = {"post": "create", "put": "replace", "search": "get"}
"""A refused request is recorded under its HTTP verb."""
_PARTIAL = frozenset({"patch", "replace"})
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
_STANDINGS: Mapping[str, str | Promise] = {"status": _("status"), "role": _("role")}

_FIRST_REFUSED_STATUS = 400
_MOST_FOUND = 500
_AT_ONCE = 500


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"


class Kind(StrEnum):
    PEOPLE = "people"
    GROUPS = "groups"
    CREDENTIALS = "credentials"


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
    what: str
    whom: str
    """userName or displayName; the start of the SCIM id when no link has it any more."""
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
    names = _names(connection, [entry.scim_id for entry in entries if entry.scim_id])
    return [_deed(entry, names) for entry in entries]


def _names(connection: Connection, scim_ids: Iterable[UUID]) -> dict[UUID, str]:
    people = connection.user_links.filter(scim_id__in=scim_ids)
    groups = connection.group_links.filter(scim_id__in=scim_ids)
    return {
        **dict(people.values_list("scim_id", "user_name")),
        **dict(groups.values_list("scim_id", "display_name")),
    }


def _deed(entry: JournalEntry, names: Mapping[UUID, str]) -> Deed:
    is_refused = entry.status >= _FIRST_REFUSED_STATUS
    return Deed(
        id=entry.pk,
        at=entry.occurred_at,
        provider=provider(entry.user_agent),
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


def _whom(entry: JournalEntry, names: Mapping[UUID, str]) -> str:
    if entry.scim_id is None:
        return ""
    return names.get(entry.scim_id) or f"{str(entry.scim_id)[:8]}…"


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
        f"{word}: {_arrow(entry.transitions[name][0])}{entry.transitions[name][1].lower()}"
        for name, word in _STANDINGS.items()
        if name in entry.transitions
    )


def _arrow(before: str) -> str:
    return f"{before.lower()} → " if before else ""


def _reason(entry: JournalEntry) -> str:
    if entry.operation == AUTHENTICATE and entry.scim_type in _REJECTIONS:
        return str(_REJECTIONS[entry.scim_type])
    return str(_LIMITED) if entry.operation == LIMIT else " ".join(entry.notes)
