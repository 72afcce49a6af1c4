"""The groups a directory manages, and each one's own page.

Must not know what a decision about a group changes.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from scim_provisioning.adapters import registry
from scim_provisioning.console import decisions
from scim_provisioning.console.filters import GroupsForm
from scim_provisioning.console.forms import GroupPolicyForm, RoleForm
from scim_provisioning.console.groups import GroupState, describe, find_group, list_groups
from scim_provisioning.console.timeline import timeline
from scim_provisioning.console.views.owner import UNPROCESSABLE, ConnectedView
from scim_provisioning.models.connection import GroupPolicy


class GroupsView(ConnectedView):
    section = "groups"
    policy_form: GroupPolicyForm | None = None

    def page(self, *, status: int = 200, notice: str | Promise = "") -> HttpResponse:
        connection = self.connection()
        form = GroupsForm(self.request.GET)
        form.is_valid()
        chosen = form.cleaned_data
        groups = list_groups(
            connection,
            state=GroupState(chosen["state"]) if chosen.get("state") else None,
            text=chosen.get("text", ""),
            page=chosen.get("page") or 1,
        )
        policy = {"group_policy": connection.group_policy}
        return self.show(
            "groups.html",
            status=status,
            notice=notice,
            form=form,
            groups=groups,
            policy_form=self.policy_form or GroupPolicyForm(initial=policy),
        )

    def address(self) -> str:
        return self.url("groups")


class GroupPolicyView(GroupsView):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, workspace: str) -> HttpResponse:
        form = self.policy_form = GroupPolicyForm(request.POST)
        if not form.is_valid():
            return self.page(status=UNPROCESSABLE)
        policy = GroupPolicy(form.cleaned_data["group_policy"])
        decisions.choose_policy(self.workspace, policy, by=request.user)
        return self.back(_("The choice is saved."))


class GroupView(ConnectedView):
    section = "groups"
    role_form: RoleForm | None = None

    def page(self, *, status: int = 200, notice: str | Promise = "") -> HttpResponse:
        connection, scim_id = self.connection(), self.kwargs["scim_id"]
        link = find_group(connection, scim_id)
        if link is None:
            raise Http404
        return self.show(
            "group.html",
            status=status,
            notice=notice,
            group=describe(link),
            role_form=self.role_form or self.roles(initial={"role": link.role}),
            moments=timeline(connection, scim_id, "group"),
        )

    def roles(self, *args: object, **kwargs: object) -> RoleForm:
        return RoleForm(*args, roles=registry.user_adapter().roles, **kwargs)

    def address(self) -> str:
        return self.url("group", scim_id=self.kwargs["scim_id"])


class RoleView(GroupView):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, workspace: str, scim_id: UUID) -> HttpResponse:
        form = self.role_form = self.roles(request.POST)
        if not form.is_valid():
            return self.page(status=UNPROCESSABLE)
        decisions.tie_role(self.workspace, scim_id, form.cleaned_data["role"], by=request.user)
        return self.back(_("The role is saved; it applies to everybody in the group at once."))


class UndoAdoptionView(GroupView):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, workspace: str, scim_id: UUID) -> HttpResponse:
        decisions.undo_adoption(self.workspace, scim_id, by=request.user)
        return self.back(_("The earlier group is back, under a marked name, with its members."))


class RestoreGroupView(GroupView):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, workspace: str, scim_id: UUID) -> HttpResponse:
        decisions.restore_group(self.workspace, scim_id, by=request.user)
        # It may have a new id: nobody manages it.
        return self.back(_("The group is back."), to=self.url("groups"))
