"""The settings page and its actions.

Must not know how an action is done or what it may cost.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_protect

from scim_provisioning.adapters import registry
from scim_provisioning.console import access, actions
from scim_provisioning.console.forms import DisableForm, NewTokenForm
from scim_provisioning.console.overview import State, look_at
from scim_provisioning.console.recipes import RECIPES

_UNPROCESSABLE = 422


@method_decorator(csrf_protect, name="dispatch")  # whatever middleware the host has
class OwnerView(View):
    """Lets in who may manage the workspace's provisioning, and tells the others why not.

    Nothing here is kept by a browser or a proxy: a token may be on the page.
    """

    workspace: Any
    settings_url: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = self._answer(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    def page(
        self,
        *,
        status: int = 200,
        notice: str | Promise = "",
        new_token: str = "",
        disable_form: DisableForm | None = None,
        token_form: NewTokenForm | None = None,
    ) -> HttpResponse:
        """Show the connection as it is now; `new_token` stands in this answer and nowhere else."""
        overview = look_at(self.workspace)
        context = {
            "overview": overview,
            "identifier": self.kwargs["workspace"],
            "settings_url": self.settings_url,
            "recipes": RECIPES,
            "notice": notice,
            "new_token": new_token,
            "disable_form": disable_form or DisableForm(workspace_name=overview.workspace_name),
            "token_form": token_form
            or NewTokenForm(initial={"newest_token": overview.newest_token}),
        }
        if status == 200 and overview.state is State.UNAVAILABLE:
            status = 403
        return render(self.request, "scim_provisioning/settings.html", context, status=status)

    def back(self, sentence: str) -> HttpResponse:
        """Return to the page with the news of what was done."""
        messages.success(self.request, sentence, fail_silently=True)
        return redirect(self.settings_url)

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        plain = super().http_method_not_allowed(request, *args, **kwargs)
        sentence = _("This address only takes what the settings page sends to it.")
        response = self._refused(sentence, status=405, settings_url=self.settings_url)
        response.headers["Allow"] = plain.headers["Allow"]
        return response

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        identifier = kwargs["workspace"]
        self.settings_url = reverse(
            "scim_provisioning_console:settings", kwargs={"workspace": identifier}
        )
        try:
            self.workspace = access.enter(request.user, identifier)
            return super().dispatch(request, *args, **kwargs)
        except access.SignedOut:
            return redirect_to_login(self.settings_url)
        except access.NotAllowed as refusal:
            return self._refused(str(refusal), status=403)
        except actions.ActionRefused as refusal:
            return self.page(status=refusal.status, notice=refusal.sentence)

    def _refused(self, sentence: str, *, status: int, settings_url: str = "") -> HttpResponse:
        context = {"sentence": sentence, "settings_url": settings_url}
        return render(self.request, "scim_provisioning/refused.html", context, status=status)


class SettingsView(OwnerView):
    def get(self, request: HttpRequest, workspace: str) -> HttpResponse:
        return self.page()


class EnableView(OwnerView):
    def post(self, request: HttpRequest, workspace: str) -> HttpResponse:
        token = actions.enable(self.workspace, by=request.user)
        return self.page(new_token=token)


class DisableView(OwnerView):
    def post(self, request: HttpRequest, workspace: str) -> HttpResponse:
        name = registry.workspace_adapter().name(self.workspace)
        form = DisableForm(request.POST, workspace_name=name)
        if not form.is_valid():
            return self.page(disable_form=form, status=_UNPROCESSABLE)
        actions.disable(self.workspace)
        return self.back(_("Provisioning is disabled. Every person and group is still here."))


class NewTokenView(OwnerView):
    def post(self, request: HttpRequest, workspace: str) -> HttpResponse:
        form = NewTokenForm(request.POST)
        if not form.is_valid():
            return self.page(token_form=form, status=_UNPROCESSABLE)
        token = actions.make_token(self.workspace, by=request.user, **form.cleaned_data)
        return self.page(new_token=token)


class RevokeTokenView(OwnerView):
    def post(self, request: HttpRequest, workspace: str, token: int) -> HttpResponse:
        actions.revoke_token(self.workspace, token)
        return self.back(_("The token is revoked. Requests with it are refused from now on."))
