"""The journal in an owner's words.

Must not know how a directory's request was carried out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scim_provisioning.models import Connection, JournalEntry
from scim_provisioning.protocol.urns import ENTERPRISE_USER

_DEEDS: Mapping[tuple[str, str], str | Promise] = {
    ("create", "User"): _("Add person"),
    ("replace", "User"): _("Update person"),
    ("patch", "User"): _("Update person"),
    ("delete", "User"): _("Remove person"),
    ("create", "Group"): _("Add group"),
    ("replace", "Group"): _("Update group"),
    ("patch", "Group"): _("Update group"),
    ("delete", "Group"): _("Remove group"),
}
_OPERATION_OF_VERB = {"post": "create", "put": "replace"}
"""A refused request is recorded under its HTTP verb."""
_PARTIAL = frozenset({"patch", "replace"})

_FIRST_REFUSED_STATUS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of the activity table."""

    at: datetime
    what: str
    whom: str
    """userName or displayName; the start of the SCIM id when no link has it any more."""
    is_refused: bool
    code: str
    """HTTP status and scimType of a refusal."""
    changed: str
    """Names of attributes; empty for what was added or removed whole."""
    reason: str


def latest(connection: Connection, *, count: int) -> list[Deed]:
    """List the newest lines, newest first; three queries whatever the count."""
    entries = list(connection.journal.order_by("-id")[:count])
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
        at=entry.occurred_at,
        what=_what(entry),
        whom=_whom(entry, names),
        is_refused=is_refused,
        code=f"{entry.status} {entry.scim_type}".strip() if is_refused else "",
        changed=_changed(entry),
        reason=" ".join(entry.notes),
    )


def _what(entry: JournalEntry) -> str:
    operation = _OPERATION_OF_VERB.get(entry.operation, entry.operation)
    deed = _DEEDS.get((operation, entry.resource_type))
    return str(deed or f"{entry.operation} {entry.resource_type}".strip())


def _whom(entry: JournalEntry, names: Mapping[UUID, str]) -> str:
    if entry.scim_id is None:
        return ""
    return names.get(entry.scim_id) or f"{str(entry.scim_id)[:8]}…"


def _changed(entry: JournalEntry) -> str:
    if entry.operation not in _PARTIAL:
        return ""
    names = (name.removeprefix(f"{ENTERPRISE_USER}:") for name in entry.changed)
    return ", ".join("enterprise" if name == ENTERPRISE_USER else name for name in names)
