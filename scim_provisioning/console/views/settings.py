"""The settings page itself: enable, disable, tokens.

Must not know how an action is done or what it may cost.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from scim_provisioning.adapters import registry
from scim_provisioning.console import actions
from scim_provisioning.console.forms import DisableForm, EnableForm, NewTokenForm, RevokeForm
from scim_provisioning.console.overview import Overview, State, TokenState, look_at
from scim_provisioning.console.recipes import ATTRIBUTES, RECIPES
from scim_provisioning.console.views.owner import UNPROCESSABLE, OwnerView


class SettingsPage(OwnerView):
    """Shows the connection; its actions answer with the page, or return to it."""

    enable_form: EnableForm | None = None
    disable_form: DisableForm | None = None
    token_form: NewTokenForm | None = None
    revoke_forms: dict[int, RevokeForm] = {}

    def page(
        self, *, status: int = 200, notice: str | Promise = "", new_token: str = ""
    ) -> HttpResponse:
        """Show the connection as it is now; `new_token` stands in this answer and nowhere else."""
        overview = look_at(self.workspace)
        if status == 200 and overview.state is State.UNAVAILABLE:
            status = 403
        return self.show(
            "settings.html",
            status=status,
            state=overview.state,
            overview=overview,
            recipes=RECIPES,
            attributes=ATTRIBUTES,
            notice=notice,
            new_token=new_token,
            enable_form=self.enable_form or self._enable_form(overview),
            disable_form=self.disable_form or DisableForm(workspace_name=overview.workspace_name),
            token_form=self.token_form
            or NewTokenForm(initial={"newest_token": overview.newest_token}, request=self.request),
            revocations=self._revocations(overview),
        )

    def _enable_form(self, overview: Overview) -> EnableForm:
        initial = {"group_policy": overview.group_policy or "ADOPT"}
        return EnableForm(initial=initial, request=self.request)

    def _revocations(self, overview: Overview) -> dict[int, RevokeForm]:
        return {
            token.id: self.revoke_forms.get(token.id)
            or RevokeForm(auto_id=f"revoke-{token.id}-%s", request=self.request)
            for token in overview.tokens
            if token.state is TokenState.LIVE
        }


class SettingsView(SettingsPage):
    def get(self, request: HttpRequest, workspace: str) -> HttpResponse:
        return self.page()


class LiveView(SettingsPage):
    """The parts of the page that change by themselves, for who has it open."""

    def get(self, request: HttpRequest, workspace: str) -> HttpResponse:
        overview = look_at(self.workspace)
        return self.show("settings/live.html", overview=overview)


class EnableView(SettingsPage):
    def post(self, request: HttpRequest, workspace: str) -> HttpResponse:
        form = self.enable_form = EnableForm(request.POST, request=request)
        if not form.is_valid():
            return self.page(status=UNPROCESSABLE)
        policy = form.cleaned_data["group_policy"]
        token = actions.enable(self.workspace, by=request.user, group_policy=policy)
        return self.page(new_token=token)


class DisableView(SettingsPage):
    def post(self, request: HttpRequest, workspace: str) -> HttpResponse:
        name = registry.workspace_adapter().name(self.workspace)
        form = self.disable_form = DisableForm(request.POST, workspace_name=name)
        if not form.is_valid():
            return self.page(status=UNPROCESSABLE)
        actions.disable(self.workspace, by=request.user)
        return self.back(_("Provisioning is disabled. Every person and group is still here."))


class NewTokenView(SettingsPage):
    def post(self, request: HttpRequest, workspace: str) -> HttpResponse:
        form = NewTokenForm(request.POST, request=request)
        if not form.is_valid():
            self.token_form = form
            return self.page(status=UNPROCESSABLE)
        chosen = form.cleaned_data
        token = actions.make_token(
            self.workspace,
            label=chosen["label"],
            newest_token=chosen["newest_token"],
            old_one_ends_after=chosen["old_one_ends_after"],
            by=request.user,
        )
        return self.page(new_token=token)


class RevokeTokenView(SettingsPage):
    def post(self, request: HttpRequest, workspace: str, token: int) -> HttpResponse:
        form = RevokeForm(request.POST, auto_id=f"revoke-{token}-%s", request=request)
        if not form.is_valid():
            self.revoke_forms = {token: form}
            return self.page(status=UNPROCESSABLE)
        actions.revoke_token(self.workspace, token, by=request.user)
        return self.back(_("The token is revoked. Requests with it are refused from now on."))
