"""Groups, by hand; must not know more requests than the benchmark sends."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from benchmarks.floor.access import json_response
from scim_provisioning.models import GroupLink, UserLink
from workspace.models import Group, GroupMembership

Members = Iterable[dict[str, str]]


def collection(request: HttpRequest, workspace_id: int, base: str) -> HttpResponse:
    if request.method == "POST":
        document = json.loads(request.body)
        return json_response(_described(_create(workspace_id, document), base), 201)
    name = request.GET["filter"].removeprefix('displayName eq "').removesuffix('"')
    links = GroupLink.objects.filter(
        connection_id=workspace_id, display_name_key=name.casefold(), deleted_at=None
    )
    found = [_described(link, base) for link in links]
    return json_response({"totalResults": len(found), "Resources": found})


def item(request: HttpRequest, workspace_id: int, base: str, scim_id: UUID) -> HttpResponse:
    links = GroupLink.objects.filter(connection_id=workspace_id, scim_id=scim_id, deleted_at=None)
    if request.method == "GET":
        with_members = request.GET.get("excludedAttributes") != "members"
        return json_response(_described(links.get(), base, with_members=with_members))
    document = json.loads(request.body)
    with transaction.atomic():
        link = links.select_for_update().get()
        if request.method == "PUT":
            _replace(link, document["members"])
        else:
            for operation in document["Operations"]:
                _CHANGES[operation["op"].lower()](link, operation["value"])
        links.update(version=F("version") + 1, last_modified=timezone.now())
    if request.method == "PUT":
        return json_response(_described(link, base))
    return HttpResponse(status=204)


@transaction.atomic
def _create(workspace_id: int, document: dict[str, Any]) -> GroupLink:
    name = document["displayName"]
    group = Group.objects.create(workspace_id=workspace_id, name=name, name_key=name.casefold())
    return GroupLink.objects.create(
        connection_id=workspace_id,
        group=group,
        display_name=name,
        display_name_key=name.casefold(),
        managed_since=timezone.now(),
    )


def _add(link: GroupLink, members: Members) -> None:
    _insert(link, _member_ids(link, members))


def _remove(link: GroupLink, members: Members) -> None:
    _delete(link, _member_ids(link, members))


def _replace(link: GroupLink, members: Members) -> None:
    wanted = _member_ids(link, members)
    memberships = GroupMembership.objects.filter(group_id=link.group_id)
    present = set(memberships.values_list("member_id", flat=True))
    _insert(link, wanted - present)
    _delete(link, present - wanted)


_CHANGES = {"add": _add, "remove": _remove}


def _member_ids(link: GroupLink, members: Members) -> set[int]:
    wanted = [member["value"] for member in members]
    people = UserLink.objects.filter(connection_id=link.connection_id, deleted_at=None)
    return set(people.filter(scim_id__in=wanted).values_list("member_id", flat=True))


def _insert(link: GroupLink, member_ids: set[int]) -> None:
    GroupMembership.objects.bulk_create(
        (
            GroupMembership(
                workspace_id=link.connection_id, group_id=link.group_id, member_id=member_id
            )
            for member_id in member_ids
        ),
        ignore_conflicts=True,
    )


def _delete(link: GroupLink, member_ids: set[int]) -> None:
    if member_ids:
        memberships = GroupMembership.objects.filter(group_id=link.group_id)
        memberships.filter(member_id__in=member_ids).delete()


def _described(link: GroupLink, base: str, *, with_members: bool = True) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": str(link.scim_id),
        "displayName": link.display_name,
        "meta": {
            "resourceType": "Group",
            "created": link.created_at.isoformat(),
            "lastModified": link.last_modified.isoformat(),
            "location": f"{base}/Groups/{link.scim_id}",
        },
    }
    if with_members:
        shown["members"] = _members(link, base)
    return shown


def _members(link: GroupLink, base: str) -> list[dict[str, str]]:
    people = UserLink.objects.filter(
        member__group_memberships__group_id=link.group_id, deleted_at=None
    )
    return [
        {"value": str(scim_id), "$ref": f"{base}/Users/{scim_id}", "type": "User"}
        for scim_id in people.values_list("scim_id", flat=True)
    ]
