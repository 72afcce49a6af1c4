"""The people as a directory and the product see them, and who owns each attribute.

Must not know a request or a template.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from scim_provisioning.adapters import Document, UserAdapter, registry
from scim_provisioning.console.listing import Listing, listing
from scim_provisioning.models import Connection, UserLink
from scim_provisioning.protocol.urns import ENTERPRISE_USER

_MOST_DRIFTING = 500
_SHORT = {ENTERPRISE_USER: "enterprise"}
_NAMES = ("givenName", "middleName", "familyName")
_COMPARED = ("active", "displayName", "timezone")


class PersonState(StrEnum):
    MANAGED = "managed"
    """The directory has written to the person: the product's pages lock what it manages."""
    UNMANAGED = "unmanaged"
    """The directory may see the person and has not written to them."""
    REMOVED = "removed"
    """The directory has let the person go; the member and the history are kept."""
    DRIFTING = "drifting"
    """Managed, and the product differs from what the directory said."""


class Owner(StrEnum):
    DIRECTORY = "directory"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One line of the list, and the head of a person's page."""

    scim_id: UUID
    name: str
    user_name: str
    state: PersonState
    is_active: bool
    drift: Sequence[str]
    """Names of attributes in which the product differs from the directory."""
    managed_since: datetime | None
    role: str
    role_from_groups: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    name: str
    said: str
    """What the directory sent last."""
    shown: str
    """What the product has."""
    owner: Owner
    can_be_handed_back: bool


def list_people(
    connection: Connection, *, state: PersonState | None, text: str, page: int
) -> Listing[Person]:
    """List people by name; a page costs one query, and one to count them."""
    links = _links(connection, state, text)
    if state is PersonState.DRIFTING:
        drifting = list(islice(_drifting(links), _MOST_DRIFTING))
        return listing(drifting, page, lambda people: people)
    return listing(links, page, lambda found: [describe(link) for link in found])


def find_person(connection: Connection, scim_id: UUID) -> UserLink | None:
    return connection.user_links.select_related("member").filter(scim_id=scim_id).first()


def describe(link: UserLink) -> Person:
    """Tell of a person; does not query."""
    adapter = registry.user_adapter()(link.member, link=link)
    shown = adapter.to_dict()
    return Person(
        scim_id=link.scim_id,
        name=shown.get("displayName") or link.user_name,
        user_name=link.user_name,
        state=_state(link),
        is_active=bool(shown.get("active", True)) and link.deleted_at is None,
        drift=drift(adapter) if link.is_managed else (),
        managed_since=link.managed_since,
        role=adapter.role() if adapter.roles else "",
        role_from_groups=bool(link.mapped_role),
    )


def attributes(link: UserLink) -> list[Attribute]:
    """List what is known of a person, attribute by attribute, and whose word counts."""
    adapter = registry.user_adapter()(link.member, link=link)
    said = link.attributes if link.is_managed else {}
    product = adapter.read()
    reclaimable = adapter.reclaimable() if link.is_managed else frozenset[str]()
    return [
        Attribute(
            name=_SHORT.get(name, name),
            said=_text(said.get(name)),
            shown=_text(product.get(name, said.get(name))),
            owner=_owner(name, adapter, said, product, reclaimable),
            can_be_handed_back=name in reclaimable,
        )
        for name in _ordered(said, product)
    ]


def drift(adapter: UserAdapter) -> list[str]:
    """Name the attributes in which the product differs from what the directory said.

    What a person has chosen for themselves, and may hand back, is no drift.
    """
    said, product = adapter.link.attributes, adapter.read()
    differing = [
        name
        for name in _COMPARED
        if name in said and name in product and _folded(said[name]) != _folded(product[name])
    ]
    differing = [name for name in differing if name not in adapter.reclaimable()]
    address = _primary(said)
    if address and _folded(address) != _folded(_primary(product)):
        differing.append("emails")
    return differing


def _links(connection: Connection, state: PersonState | None, text: str) -> QuerySet[UserLink]:
    links = connection.user_links.select_related("member").order_by("user_name", "pk")
    if text:
        links = links.filter(
            Q(user_name__icontains=text) | Q(display_name_key__contains=text.casefold())
        )
    if state is PersonState.REMOVED:
        return links.filter(deleted_at__isnull=False)
    links = links.filter(deleted_at=None)
    if state is None:
        return links
    return links.filter(managed_since__isnull=state is PersonState.UNMANAGED)


def _drifting(links: QuerySet[UserLink]) -> Iterator[Person]:
    for link in links.iterator(chunk_size=1000):
        person = describe(link)
        if person.drift:
            yield person


def _state(link: UserLink) -> PersonState:
    if link.deleted_at is not None:
        return PersonState.REMOVED
    return PersonState.MANAGED if link.is_managed else PersonState.UNMANAGED


def _owner(
    name: str,
    adapter: UserAdapter,
    said: Document,
    product: Document,
    reclaimable: frozenset[str],
) -> Owner:
    if name not in said or name in reclaimable:
        return Owner.PRODUCT
    is_overruled = name in adapter.product_owned() and said[name] != product.get(name)
    return Owner.PRODUCT if is_overruled else Owner.DIRECTORY


def _ordered(said: Document, product: Document) -> list[str]:
    """Name what either of them has, the product's own attributes first."""
    names = [*product, *(name for name in said if name not in product)]
    return [name for name in names if name != "schemas"]


def _primary(document: Document) -> str:
    entries: list[Document] = document.get("emails", [])
    primary = next((each for each in entries if each.get("primary")), None)
    return str((primary or (entries or [{}])[0]).get("value", ""))


def _folded(value: object) -> object:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value


def _text(value: Any) -> str:
    """Write a value for people: the values of a list, the parts of an object."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, list):
        return ", ".join(_text(each) for each in value)
    if isinstance(value, dict):
        for chosen in ("formatted", "display", "value"):
            if value.get(chosen):
                return _text(value[chosen])
        names = [value[part] for part in _NAMES if value.get(part)]
        return " ".join(names) or ", ".join(_text(part) for part in value.values())
    return str(value)
