"""The product's API: who am I here, and my timer; must not remember who has access."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from workspace import selectors
from workspace.access import enter_only_workspace, enter_workspace
from workspace.models import ApiKey, Member, TimeEntry, User, Workspace
from workspace.services import timers


class WorkspaceSerializer(serializers.ModelSerializer[Workspace]):
    class Meta:
        model = Workspace
        fields = ("name", "slug", "plan")


class MemberSerializer(serializers.ModelSerializer[Member]):
    workspace = WorkspaceSerializer()

    class Meta:
        model = Member
        fields = ("id", "name", "email", "role", "status", "timezone", "workspace")


class TimeEntrySerializer(serializers.ModelSerializer[TimeEntry]):
    class Meta:
        model = TimeEntry
        fields = ("id", "description", "started_at", "stopped_at")
        read_only_fields = ("started_at", "stopped_at")


@api_view(["GET"])
def me(request: Request) -> Response:
    return Response(MemberSerializer(_member(request)).data)


@api_view(["GET"])
def timer(request: Request) -> Response:
    return Response({"running": _represent(selectors.running_timer(_member(request)))})


@api_view(["POST"])
def start_timer(request: Request) -> Response:
    member, given = _member(request), TimeEntrySerializer(data=request.data)
    given.is_valid(raise_exception=True)
    entry = timers.start_timer(member=member, **given.validated_data)
    return Response(_represent(entry), status=status.HTTP_201_CREATED)


@api_view(["POST"])
def stop_timer(request: Request) -> Response:
    return Response(_represent(timers.stop_timer(member=_member(request))))


def _member(request: Request) -> Member:
    """Return the active membership asked for: the key's, the named one or the only one."""
    if isinstance(request.auth, ApiKey):
        return request.auth.member
    if not isinstance(request.user, User):
        raise NotAuthenticated
    slug = request.query_params.get("workspace")
    if slug is None:
        return enter_only_workspace(user=request.user)
    return enter_workspace(user=request.user, slug=slug)


def _represent(entry: TimeEntry | None) -> dict[str, Any] | None:
    return TimeEntrySerializer(entry).data if entry else None
