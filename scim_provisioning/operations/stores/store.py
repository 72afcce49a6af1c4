"""What a verb may ask of a kind of resource.

Must not know either kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, cast

from django.db.models import Field, Q, QuerySet

from scim_provisioning.adapters import Document
from scim_provisioning.models import Connection
from scim_provisioning.models.link import Link
from scim_provisioning.prepared import Prepared, Slot
from scim_provisioning.protocol.filters import Node, Target
from scim_provisioning.protocol.keys import as_uuid
from scim_provisioning.protocol.membership import MembershipChange
from scim_provisioning.protocol.projection import Projection
from scim_provisioning.protocol.schemas import ResourceType

Resource = dict[str, Any]
"""A representation, ready to be rendered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One resource under a write: its link, locked, and the host's adapter around it."""

    link: Any
    adapter: Any


class Finder:
    """Finds a link of a kind, with the host's own row, by what no two visible links share.

    By queries that are compiled once: a directory looks a person up before it does anything.
    """

    def __init__(self, model: type[Link], visible: Q, row: str, columns: Sequence[str]) -> None:
        self._model, self._visible, self._row = model, visible, row
        self._by = {column: Prepared(partial(self._having, column)) for column in columns}
        self._locked = Prepared(lambda: self._having("scim_id").select_for_update(of=("self",)))

    def find(self, connection: Connection, scim_id: str, *, lock: bool) -> Any:
        """Find a link by its SCIM id; None for an unknown id, and for what can't be one."""
        known_as = as_uuid(scim_id)
        if known_as is None:
            return None
        search = self._locked if lock else self._by["scim_id"]
        return next(iter(_of(connection, search, known_as)), None)

    def meet(self, connection: Connection, condition: Q) -> list[Any] | None:
        """Find who meets a condition, if it is that one of the columns has a value; else None."""
        match condition.children:
            case [(str(column), value)] if column in self._by and not condition.negated:
                return _of(connection, self._by[column], value)
        return None

    def _having(self, column: str) -> QuerySet[Any]:
        keys = {
            "connection_id": Slot("connection", Connection._meta.pk),
            column: Slot("value", cast("Field[Any, Any]", self._model._meta.get_field(column))),
        }
        links = self._model._default_manager.filter(self._visible, **keys)
        return links.select_related(self._row)


def _of(connection: Connection, search: Prepared[Any], value: Any) -> list[Any]:
    links = search(connection=connection.pk, value=value)
    for link in links:
        link.connection = connection
    return links


class Store(Protocol):
    resource_type: ResourceType
    defaults: Document
    """What a creation says that doesn't say otherwise."""

    def visible(self, connection: Connection) -> QuerySet[Any]:
        """Give the links that the directory may see, ready to be represented."""
        ...

    def matching(self, node: Node, connection: Connection) -> Any:
        """Compile a bound filter to a condition on the links."""
        ...

    def meet(self, connection: Connection, condition: Any) -> list[Any] | None:
        """Find the one link that a condition can mean, cheaply; None for other conditions."""
        ...

    def ordering(
        self, sort_by: Target | None, *, descending: bool, connection: Connection
    ) -> Sequence[Any]:
        """Compile a sort to expressions that order the links, ties by age."""
        ...

    def get(self, connection: Connection, scim_id: str, *, lock: bool = False) -> Record:
        """Find one resource; with `lock`, hold its row till the end. Raises NotFound."""
        ...

    def claim(self, connection: Connection, document: Document) -> Record:
        """Find or begin the resource that a creation means. Raises Uniqueness."""
        ...

    def write(
        self, record: Record, document: Document, *, members: MembershipChange | None = None
    ) -> frozenset[str]:
        """Make the resource equal to the document; returns the names of what changed."""
        ...

    def delete(self, record: Record) -> None:
        """Let the resource go; its id is never used again."""
        ...

    def represent(
        self, connection: Connection, links: Sequence[Any], projection: Projection
    ) -> list[Resource]:
        """Describe links as resources; as many statements for a hundred as for one."""
        ...
