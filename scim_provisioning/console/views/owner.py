"""What all pages share: who enters, and what is told to those who may not.

Must not know a page.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_protect

from scim_provisioning import connections
from scim_provisioning.adapters import registry
from scim_provisioning.console import access, actions
from scim_provisioning.console.overview import state_of
from scim_provisioning.correlation import correlated, new_correlation_id
from scim_provisioning.models import Connection

UNPROCESSABLE = 422


@method_decorator(csrf_protect, name="dispatch")  # whatever middleware the host has
class OwnerView(View):
    """Lets in who may manage the workspace's provisioning, and tells the others why not.

    Nothing here is kept by a browser or a proxy: a token may be on the page.
    """

    section: ClassVar[str] = "settings"
    workspace: Any
    settings_url: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # What a decision records and what follows from it have one id.
        with correlated(new_correlation_id()):
            response = self._answer(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    def page(self, *, status: int = 200, notice: str | Promise = "") -> HttpResponse:
        """Show the page as it is now; `notice` says why an action came to nothing."""
        raise NotImplementedError

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page in the frame that all share."""
        shared = {
            "workspace_name": registry.workspace_adapter().name(self.workspace),
            "identifier": self.kwargs["workspace"],
            "settings_url": self.settings_url,
            "page_url": self.address(),
            "section": self.section,
        }
        return render(
            self.request, f"scim_provisioning/{template}", shared | context, status=status
        )

    def address(self) -> str:
        """Where this page can be reloaded without sending a form again."""
        return self.settings_url

    def url(self, name: str, **kwargs: Any) -> str:
        named = {"workspace": self.kwargs["workspace"], **kwargs}
        return reverse(f"scim_provisioning_console:{name}", kwargs=named)

    def back(self, sentence: str, *, to: str = "") -> HttpResponse:
        """Return to the page with the news of what was done."""
        messages.success(self.request, sentence, fail_silently=True)
        return redirect(to or self.address())

    def connection(self) -> Connection:
        """Give the workspace's connection; raises Http404 if it never had one."""
        connection = connections.find_connection(self.workspace)
        if connection is None:
            raise Http404
        return connection

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        plain = super().http_method_not_allowed(request, *args, **kwargs)
        sentence = _("This address only takes what the settings page sends to it.")
        response = self._refused(sentence, status=405, settings_url=self.settings_url)
        response.headers["Allow"] = plain.headers["Allow"]
        return response

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.settings_url = reverse(
            "scim_provisioning_console:settings", kwargs={"workspace": kwargs["workspace"]}
        )
        try:
            self.workspace = access.enter(request.user, kwargs["workspace"])
            response = super().dispatch(request, *args, **kwargs)
        except access.SignedOut:
            return redirect_to_login(self.settings_url)
        except access.NotAllowed as refusal:
            return self._refused(str(refusal), status=403)
        except actions.ActionRefused as refusal:
            return self.page(status=refusal.status, notice=refusal.sentence)
        if not request.user.is_authenticated:  # too many wrong passwords (confirmation.py)
            return redirect_to_login(self.settings_url)
        return response

    def _refused(self, sentence: str, *, status: int, settings_url: str = "") -> HttpResponse:
        context = {"sentence": sentence, "settings_url": settings_url}
        return render(self.request, "scim_provisioning/refused.html", context, status=status)


class ConnectedView(OwnerView):
    """A page of what a directory does: there is none before provisioning was ever enabled."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if connections.find_connection(self.workspace) is None:
            return redirect(self.settings_url)
        return self.page()

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        state = state_of(self.workspace)
        return super().show(template, status=status, state=state, **context)
