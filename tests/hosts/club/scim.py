"""The smallest adapters that work: what README asks a developer to write."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from club.models import Club, Person, Place, Team
from scim_provisioning import adapters
from scim_provisioning.adapters import Document
from scim_provisioning.models import Connection


class ClubAdapter(adapters.WorkspaceAdapter):
    @classmethod
    def find(cls, identifier: str) -> Club:
        return get_object_or_404(Club, slug=identifier)

    @classmethod
    def name(cls, workspace: Club) -> str:
        return workspace.slug

    @classmethod
    def refusal(cls, workspace: Club, user: Any) -> str | None:
        return None

    @classmethod
    def unavailable_reason(cls, workspace: Club) -> str | None:
        return None


class PersonAdapter(adapters.UserAdapter):
    obj: Person

    @classmethod
    def queryset(cls, connection: Connection) -> QuerySet[Any]:
        return Person.objects.filter(club=connection.workspace_id)

    @classmethod
    def match(cls, connection: Connection, document: Document) -> Any:
        return None

    def read(self) -> Document:
        name = self.obj.name
        return {"userName": name, "displayName": name, "active": self.obj.is_active}

    def create(self, document: Document) -> Person:
        return Person.objects.create(
            club_id=self.link.connection_id,
            name=document.get("displayName", document["userName"]),
            is_active=document.get("active", True),
        )

    def update(self, document: Document) -> None:
        self.obj.name = document.get("displayName", document["userName"])
        self.obj.is_active = document.get("active", True)
        self.obj.save()

    def remove(self) -> None:
        self.obj.is_active = False
        self.obj.save()
        Place.objects.filter(person=self.obj).delete()


class TeamAdapter(adapters.GroupAdapter):
    obj: Team

    @classmethod
    def queryset(cls, connection: Connection) -> QuerySet[Any]:
        return Team.objects.filter(club=connection.workspace_id, is_gone=False)

    @classmethod
    def memberships(cls, workspace_id: Any) -> QuerySet[Any]:
        places = Place.objects.filter(club=workspace_id)
        return places.annotate(group_id=F("team_id"), member_id=F("person_id"))

    def read(self) -> Document:
        return {"displayName": self.obj.name}

    def create(self, document: Document) -> Team:
        return Team.objects.create(club_id=self.link.connection_id, name=document["displayName"])

    def update(self, document: Document, changed: frozenset[str]) -> None:
        self.obj.name = document["displayName"]
        self.obj.save()

    def remove(self) -> None:
        self.obj.is_gone = True
        self.obj.save()

    def add_members(self, member_ids: Collection[UUID]) -> bool:
        before = Place.objects.count()
        Place.objects.bulk_create(
            [
                Place(club_id=self.obj.club_id, team=self.obj, person_id=member_id)
                for member_id in member_ids
            ],
            ignore_conflicts=True,
        )
        return Place.objects.count() > before

    def remove_members(self, member_ids: Collection[UUID]) -> bool:
        return bool(Place.objects.filter(team=self.obj, person__in=member_ids).delete()[0])

    def replace_members(self, member_ids: Collection[UUID]) -> bool:
        others = Place.objects.filter(team=self.obj).exclude(person__in=member_ids)
        is_smaller = bool(others.delete()[0])
        return self.add_members(member_ids) or is_smaller
