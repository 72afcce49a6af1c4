"""A group as a SCIM group; must not know who edits it by hand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from scim_provisioning import adapters
from scim_provisioning.adapters import Document
from scim_provisioning.models import Connection
from workspace import selectors
from workspace.models import Group, GroupMembership
from workspace.scim.words import in_scim_words
from workspace.services import groups


class GroupAdapter(adapters.GroupAdapter):
    obj: Group

    @classmethod
    def queryset(cls, connection: Connection) -> QuerySet[Group]:
        return selectors.directory_groups(connection.workspace_id)

    @classmethod
    def memberships(cls, workspace_id: Any) -> QuerySet[GroupMembership]:
        return GroupMembership.objects.filter(workspace_id=workspace_id)

    def read(self) -> Document:
        return {"displayName": self.obj.name}

    def create(self, document: Document) -> Group:
        with in_scim_words():
            return groups.create_group(
                workspace=self.link.connection.workspace, name=document["displayName"]
            )

    def update(self, document: Document, changed: frozenset[str]) -> None:
        if "displayName" in changed:
            with in_scim_words():
                groups.rename_group(group=self.obj, name=document["displayName"])

    def remove(self) -> None:
        groups.archive_group(group=self.obj)

    def set_apart(self) -> None:
        groups.set_group_apart(group=self.obj)

    def restore(self) -> None:
        with in_scim_words():
            groups.restore_group(group=self.obj)

    def add_members(self, member_ids: Collection[int]) -> bool:
        with in_scim_words():
            return bool(groups.add_members(group=self.obj, member_ids=member_ids))

    def remove_members(self, member_ids: Collection[int]) -> bool:
        return bool(groups.remove_members(group=self.obj, member_ids=member_ids))

    def replace_members(self, member_ids: Collection[int]) -> bool:
        with in_scim_words():
            added, removed = groups.replace_members(group=self.obj, member_ids=member_ids)
        return bool(added or removed)
