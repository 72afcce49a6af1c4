"""People, by hand; must not know more requests than the benchmark sends."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from benchmarks.floor.access import json_response
from scim_provisioning.models import GroupLink, UserLink, UserValue
from workspace.models import Member, User, Workspace

_CONDITION = re.compile(r'(userName|externalId) eq "([^"]*)"')
_COLUMNS = (
    "scim_id",
    "attributes",
    "created_at",
    "last_modified",
    "member_id",
    "member__status",
)


def collection(request: HttpRequest, workspace_id: int, base: str) -> HttpResponse:
    if request.method == "POST":
        with transaction.atomic():
            link = _create(workspace_id, json.loads(request.body))
        return json_response(_rows(UserLink.objects.filter(pk=link.pk), base)[0], 201)
    people = (
        UserLink.objects.filter(connection_id=workspace_id, deleted_at=None)
        .exclude(user_name_key="")
        .order_by("pk")
    )
    if condition := _CONDITION.fullmatch(request.GET.get("filter", "")):
        name, value = condition.groups()
        wanted = (
            {"user_name_key": value.casefold()} if name == "userName" else {"external_id": value}
        )
        found = _rows(people.filter(**wanted)[:100], base)
        return json_response({"totalResults": len(found), "Resources": found})
    count = int(request.GET.get("count", 100))
    answer: dict[str, Any] = {"totalResults": people.count()}
    if "cursor" in request.GET:
        page = people.filter(scim_id__gt=request.GET["cursor"] or UUID(int=0)).order_by("scim_id")
        answer["Resources"] = _rows(page[:count], base)
        if len(answer["Resources"]) == count:
            answer["nextCursor"] = answer["Resources"][-1]["id"]
    else:
        start = int(request.GET.get("startIndex", 1)) - 1
        answer["Resources"] = _rows(people[start : start + count], base)
    return json_response(answer)


def item(request: HttpRequest, workspace_id: int, base: str, scim_id: UUID) -> HttpResponse:
    links = UserLink.objects.filter(connection_id=workspace_id, scim_id=scim_id, deleted_at=None)
    if request.method == "GET":
        rows = _rows(links, base)
        if not rows:
            raise Http404
        return json_response(rows[0])
    document = json.loads(request.body)
    with transaction.atomic():
        link = links.select_related("member").select_for_update(of=("self",)).get()
        if request.method == "PATCH":
            document = _patched(link.attributes, document["Operations"])
        _update(link, document)
    return json_response(_rows(UserLink.objects.filter(pk=link.pk), base)[0])


def bulk(request: HttpRequest, workspace_id: int, base: str) -> HttpResponse:
    """Create everybody of a request, a transaction each."""
    results = []
    for operation in json.loads(request.body)["Operations"]:
        with transaction.atomic():
            link = _create(workspace_id, operation["data"])
        results.append({"status": "201", "location": f"{base}/Users/{link.scim_id}"})
    return json_response({"Operations": results})


def _create(workspace_id: int, document: Mapping[str, Any]) -> UserLink:
    workspace = Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id)
    key, name = document["userName"].casefold(), document["displayName"]
    email = document["emails"][0]["value"]
    members = Member.objects.filter(workspace_id=workspace_id)
    seats = members.filter(is_kiosk=False, status__in=["ACTIVE", "PENDING"]).count()
    taken = UserLink.objects.filter(
        Q(user_name_key=key) | Q(external_id=document["externalId"]), connection_id=workspace_id
    )
    if (workspace.seat_limit and seats >= workspace.seat_limit) or taken.exists():
        raise Http404
    user = User.objects.create(email=email, name=name, home_id=workspace_id)
    member = Member.objects.create(
        workspace_id=workspace_id, user=user, name=name, email=email, email_key=email.casefold()
    )
    link = UserLink.objects.create(
        connection_id=workspace_id,
        member=member,
        user_name=document["userName"],
        user_name_key=key,
        external_id=document["externalId"],
        display_name_key=name.casefold(),
        attributes=document,
        managed_since=timezone.now(),
    )
    UserValue.objects.create(
        connection_id=workspace_id, link=link, attribute="emails", value_key=email.casefold()
    )
    return link


def _patched(document: dict[str, Any], operations: list[dict[str, Any]]) -> dict[str, Any]:
    for operation in operations:
        name, _, part = operation["path"].partition(".")
        value = operation["value"]
        document = {**document, name: {**document[name], part: value} if part else value}
    return document


def _update(link: UserLink, document: dict[str, Any]) -> None:
    member = link.member
    member.suspended_at = None if document["active"] else timezone.now()
    member.status = "ACTIVE" if document["active"] else "INACTIVE"
    member.name = document["displayName"]
    member.save(update_fields=["suspended_at", "status", "name"])
    link.attributes = document
    link.last_modified = timezone.now()
    link.save(update_fields=["attributes", "last_modified"])


def _rows(links: QuerySet[UserLink], base: str) -> list[dict[str, Any]]:
    rows = list(links.values(*_COLUMNS))
    groups = defaultdict(list)
    member_ids = [row["member_id"] for row in rows]
    for member_id, scim_id, name in GroupLink.objects.filter(
        group__memberships__member_id__in=member_ids, deleted_at=None
    ).values_list("group__memberships__member_id", "scim_id", "display_name"):
        place = f"{base}/Groups/{scim_id}"
        shown = {"value": str(scim_id), "$ref": place, "display": name, "type": "direct"}
        groups[member_id].append(shown)
    return [_describe(row, groups[row["member_id"]], base) for row in rows]


def _describe(row: Mapping[str, Any], groups: list[Any], base: str) -> dict[str, Any]:
    return {
        "id": str(row["scim_id"]),
        **row["attributes"],
        "active": row["member__status"] != "INACTIVE",
        "groups": groups,
        "meta": {
            "resourceType": "User",
            "created": row["created_at"].isoformat(),
            "lastModified": row["last_modified"].isoformat(),
            "location": f"{base}/Users/{row['scim_id']}",
        },
    }
