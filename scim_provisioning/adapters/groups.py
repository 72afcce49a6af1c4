"""The seam for groups: a host's group as a SCIM Group.

Built on django-scim2's adapter contract; memberships are asked for and changed as sets. Must not
know a request, or how a document was changed.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django_scim.adapters import SCIMGroup

from scim_provisioning.adapters.contract import Document
from scim_provisioning.models import Connection, GroupLink


class GroupAdapter(SCIMGroup):  # type: ignore[misc]  # django-scim2 has no type hints
    """Reads and writes one group of the host in SCIM words.

    Member ids are keys of the host's member model, already resolved inside the workspace.
    Everything runs inside the request's transaction.
    """

    obj: Any
    """The host's group, or None before it is created."""

    def __init__(self, obj: Any, request: Any = None, *, link: GroupLink) -> None:
        super().__init__(obj, request)
        self.link = link
        self.document: Document = {}
        self.notes: list[str] = []

    @property
    def id(self) -> str:
        return str(self.link.scim_id)

    # What a host implements

    @classmethod
    def queryset(cls, connection: Connection) -> QuerySet[Any]:
        """Give the groups of the connection's workspace that a directory may see."""
        raise NotImplementedError

    @classmethod
    def memberships(cls, workspace_id: Any) -> QuerySet[Any]:
        """Give a workspace's memberships: rows with a `group_id` and a `member_id`.

        The key may be an expression that stands for the keys of many workspaces to come: it can
        be filtered by, and nothing else.
        """
        raise NotImplementedError

    def read(self) -> Document:
        """Describe the group as the product knows it, without members; may not query."""
        raise NotImplementedError

    def create(self, document: Document) -> Any:
        """Make an empty group and return it."""
        raise NotImplementedError

    def update(self, document: Document, changed: frozenset[str]) -> None:
        """Make the group's own attributes equal to the document."""
        raise NotImplementedError

    def remove(self) -> None:
        """Let the group go, in the way the product lets groups go."""
        raise NotImplementedError

    def set_apart(self) -> None:
        """Give the group a marked name, so that the directory's own can have the one it had."""
        raise NotImplementedError

    def restore(self) -> None:
        """Bring back a group that was let go. Raises Uniqueness if its name is taken."""
        raise NotImplementedError

    def add_members(self, member_ids: Collection[Any]) -> bool:
        """Put members in; one set statement, whatever the group's size. True if any was new."""
        raise NotImplementedError

    def remove_members(self, member_ids: Collection[Any]) -> bool:
        """Take members out; one set statement. True if any was in."""
        raise NotImplementedError

    def replace_members(self, member_ids: Collection[Any]) -> bool:
        """Make these the only members. True if anything changed."""
        raise NotImplementedError

    def standing(self) -> dict[str, str]:
        """Give nothing: a group has neither status nor role."""
        return {}

    # The contract of django-scim2

    def to_dict(self) -> Document:
        """Describe the group's own attributes; its members are asked for as a set."""
        document = self.read()
        if self.link.external_id:
            document["externalId"] = self.link.external_id
        return document

    def desired(self) -> Document:
        """Describe what a PATCH starts from."""
        return self.to_dict()

    def from_dict(self, d: Document) -> None:
        """Take a document; nothing is written before `save`."""
        self.document = d

    def save(self) -> frozenset[str]:
        """Write the group's own attributes and return the names of what was changed."""
        wanted = {name: value for name, value in self.document.items() if name != "members"}
        if self.obj is None:
            self.obj = self.create(wanted)
            return frozenset(wanted)
        before = self.to_dict()
        changed = frozenset(
            name for name in before.keys() | wanted.keys() if before.get(name) != wanted.get(name)
        )
        if changed:
            self.update(wanted, changed)
        return changed

    def delete(self) -> None:
        self.remove()
