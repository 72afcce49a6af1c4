"""The endpoints: read, call one thing, answer.

Must not know how an action is done or what it may cost.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from scim_provisioning import rejections
from scim_provisioning.adapters import registry
from scim_provisioning.console import actions, decisions
from scim_provisioning.console.activity import read
from scim_provisioning.console.api.answers import (
    CheckAnswer,
    GroupAnswer,
    NewToken,
    PersonAnswer,
)
from scim_provisioning.console.api.endpoint import Endpoint, answer, done
from scim_provisioning.console.api.openapi import document
from scim_provisioning.console.dialects import DIALECTS
from scim_provisioning.console.filters import ActivityForm, GroupsForm, PeopleForm
from scim_provisioning.console.forms import (
    CheckForm,
    DisableForm,
    EnableForm,
    GroupPolicyForm,
    HandBackForm,
    NewTokenForm,
    RevokeForm,
    RoleForm,
)
from scim_provisioning.console.groups import GroupState, find_group, list_groups
from scim_provisioning.console.groups import describe as describe_group
from scim_provisioning.console.listing import PAGE_SIZE
from scim_provisioning.console.overview import look_at
from scim_provisioning.console.people import (
    PersonState,
    attributes,
    describe,
    find_person,
    list_people,
)
from scim_provisioning.console.rehearsal import rehearse
from scim_provisioning.console.timeline import timeline
from scim_provisioning.models.connection import GroupPolicy
from scim_provisioning.outbox.receipts import receipt


class OverviewEndpoint(Endpoint):
    def get(self, request: Request, workspace: str) -> Response:
        return answer(look_at(self.workspace))


class EnableEndpoint(Endpoint):
    def post(self, request: Request, workspace: str) -> Response:
        policy = self.body(EnableForm).cleaned_data["group_policy"]
        token = actions.enable(self.workspace, by=request.user, group_policy=policy)
        return answer(NewToken(base_url=self.connection().base_url, token=token), status=201)


class DisableEndpoint(Endpoint):
    def post(self, request: Request, workspace: str) -> Response:
        name = registry.workspace_adapter().name(self.workspace)
        self.body(DisableForm, workspace_name=name)
        actions.disable(self.workspace, by=request.user)
        return done()


class TokensEndpoint(Endpoint):
    def post(self, request: Request, workspace: str) -> Response:
        chosen = self.body(NewTokenForm).cleaned_data
        token = actions.make_token(
            self.workspace,
            label=chosen["label"],
            newest_token=chosen["newest_token"],
            old_one_ends_after=chosen["old_one_ends_after"],
            by=request.user,
        )
        return answer(NewToken(base_url=self.connection().base_url, token=token), status=201)


class RevokeTokenEndpoint(Endpoint):
    def post(self, request: Request, workspace: str, token: int) -> Response:
        self.body(RevokeForm)
        actions.revoke_token(self.workspace, token, by=request.user)
        return done()


class ActivityEndpoint(Endpoint):
    def get(self, request: Request, workspace: str) -> Response:
        rejections.write_noted()
        form = self.query(ActivityForm)
        before = form.cleaned_data["before"]
        return answer(read(self.connection(), form.wanted(), count=PAGE_SIZE, before=before))


class PeopleEndpoint(Endpoint):
    def get(self, request: Request, workspace: str) -> Response:
        chosen = self.query(PeopleForm).cleaned_data
        people = list_people(
            self.connection(),
            state=PersonState(chosen["state"]) if chosen["state"] else None,
            text=chosen["text"],
            page=chosen["page"] or 1,
        )
        return answer(people)


class PersonEndpoint(Endpoint):
    def get(self, request: Request, workspace: str, scim_id: UUID) -> Response:
        connection = self.connection()
        link = find_person(connection, scim_id)
        if link is None:
            raise Http404
        return answer(
            PersonAnswer(
                person=describe(link),
                attributes=attributes(link),
                timeline=timeline(connection, scim_id, "user"),
                receipt=receipt(connection, scim_id),
            )
        )


class HandBackEndpoint(Endpoint):
    def post(self, request: Request, workspace: str, scim_id: UUID) -> Response:
        attribute = self.body(HandBackForm).cleaned_data["attribute"]
        decisions.hand_back(self.workspace, scim_id, attribute, by=request.user)
        return done()


class GroupsEndpoint(Endpoint):
    def get(self, request: Request, workspace: str) -> Response:
        chosen = self.query(GroupsForm).cleaned_data
        groups = list_groups(
            self.connection(),
            state=GroupState(chosen["state"]) if chosen["state"] else None,
            text=chosen["text"],
            page=chosen["page"] or 1,
        )
        return answer(groups)


class GroupPolicyEndpoint(Endpoint):
    def post(self, request: Request, workspace: str) -> Response:
        policy = GroupPolicy(self.body(GroupPolicyForm).cleaned_data["group_policy"])
        decisions.choose_policy(self.workspace, policy, by=request.user)
        return done()


class GroupEndpoint(Endpoint):
    def get(self, request: Request, workspace: str, scim_id: UUID) -> Response:
        connection = self.connection()
        link = find_group(connection, scim_id)
        if link is None:
            raise Http404
        moments = timeline(connection, scim_id, "group")
        return answer(GroupAnswer(group=describe_group(link), timeline=moments))


class RoleEndpoint(Endpoint):
    def post(self, request: Request, workspace: str, scim_id: UUID) -> Response:
        form = self.body(RoleForm, roles=registry.user_adapter().roles)
        decisions.tie_role(self.workspace, scim_id, form.cleaned_data["role"], by=request.user)
        return done()


class UndoAdoptionEndpoint(Endpoint):
    def post(self, request: Request, workspace: str, scim_id: UUID) -> Response:
        decisions.undo_adoption(self.workspace, scim_id, by=request.user)
        return done()


class RestoreGroupEndpoint(Endpoint):
    def post(self, request: Request, workspace: str, scim_id: UUID) -> Response:
        decisions.restore_group(self.workspace, scim_id, by=request.user)
        return done()


class CheckEndpoint(Endpoint):
    def post(self, request: Request, workspace: str) -> Response:
        provider = self.body(CheckForm).cleaned_data["provider"]
        steps = rehearse(self.workspace, DIALECTS[provider])
        return answer(CheckAnswer(is_good=all(step.is_good for step in steps), steps=steps))


class DescriptionEndpoint(Endpoint):
    """The OpenAPI document of all of these."""

    def get(self, request: Request, workspace: str) -> Response:
        prefix = request.path.removesuffix("openapi.json").rstrip("/")
        return Response(document(prefix))
