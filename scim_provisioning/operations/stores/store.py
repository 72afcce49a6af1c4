"""What a verb may ask of a kind of resource.

Must not know either kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from django.db.models import Q, QuerySet

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
    """Finds one link of a kind by its SCIM id, with the host's own row."""

    def __init__(self, model: type[Link], visible: Q, row: str) -> None:
        one = partial(self._one, model, visible, row)
        self._look = Prepared(one)
        self._lock = Prepared(lambda: one().select_for_update(of=("self",)))

    def find(self, connection: Connection, scim_id: str, *, lock: bool) -> Any:
        """Find a link; None for an unknown id, and for what can't be one. One statement."""
        known_as = as_uuid(scim_id)
        if known_as is None:
            return None
        search = self._lock if lock else self._look
        for link in search(connection=connection.pk, scim_id=known_as):
            link.connection = connection
            return link
        return None

    @staticmethod
    def _one(model: type[Link], visible: Q, row: str) -> QuerySet[Any]:
        keys = {
            "connection_id": Slot("connection", Connection._meta.pk),
            "scim_id": Slot("scim_id", model._meta.get_field("scim_id")),
        }
        return model._default_manager.filter(visible, **keys).select_related(row)


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
