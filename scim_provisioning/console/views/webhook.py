"""The webhook's page: where events go, what was sent, and the keys that the receiver needs.

Must not know how an action is done or what it may cost.
"""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from scim_provisioning.console import webhook_actions
from scim_provisioning.console.forms import RemoveWebhookForm, RotateKeyForm, WebhookForm
from scim_provisioning.console.views.owner import UNPROCESSABLE, ConnectedView
from scim_provisioning.console.webhook import Receiver, look_at_webhook, result
from scim_provisioning.webhooks.targets import UnusableUrl


class WebhookPage(ConnectedView):
    """Shows the webhook; its actions answer with the page, or return to it."""

    section = "webhook"
    http_method_names = ["post", "options"]
    webhook_form: WebhookForm | None = None
    rotate_form: RotateKeyForm | None = None
    remove_form: RemoveWebhookForm | None = None

    def page(self, *, status: int = 200, notice: str | Promise = "") -> HttpResponse:
        overview = look_at_webhook(self.connection())
        receiver = overview.receiver
        return self.show(
            "webhook.html",
            status=status,
            notice=notice,
            overview=overview,
            receiver=receiver,
            webhook_form=self.webhook_form or self._webhook_form(receiver),
            rotate_form=self.rotate_form or self._rotate_form(receiver),
            remove_form=self.remove_form
            or RemoveWebhookForm(auto_id="remove-%s", request=self.request),
        )

    def address(self) -> str:
        return self.url("webhook")

    def _webhook_form(self, receiver: Receiver | None) -> WebhookForm:
        initial = {"url": receiver.url if receiver else ""}
        return WebhookForm(initial=initial, request=self.request)

    def _rotate_form(self, receiver: Receiver | None) -> RotateKeyForm:
        initial = {"key_id": receiver.key_id if receiver else ""}
        return RotateKeyForm(initial=initial, auto_id="rotate-%s", request=self.request)


class WebhookView(WebhookPage):
    http_method_names = ["get", "head", "options"]


class SetWebhookView(WebhookPage):
    def post(self, request: HttpRequest, workspace: str) -> HttpResponse:
        form = self.webhook_form = WebhookForm(request.POST, request=request)
        if not form.is_valid():
            return self.page(status=UNPROCESSABLE)
        try:
            webhook_actions.set_address(self.workspace, form.cleaned_data["url"], by=request.user)
        except UnusableUrl as problem:
            form.add_error("url", str(problem))
            return self.page(status=UNPROCESSABLE)
        return self.back(_("Events go to this address from now on. Give the receiver the keys."))


# The answer is waited for outside of a transaction, whatever the host wraps requests in.
@method_decorator(transaction.non_atomic_requests, name="dispatch")
class TestWebhookView(WebhookPage):
    def post(self, request: HttpRequest, workspace: str) -> HttpResponse:
        outcome = webhook_actions.send_test(self.workspace)
        if outcome.is_acknowledged:
            return self.back(_("The receiver has accepted the test event."))
        found = result(outcome.status, outcome.error)
        return self.page(
            notice=_("The receiver has not accepted the test event: %(why)s.")
            % {"why": found.problem or found.status}
        )


class RotateKeyView(WebhookPage):
    def post(self, request: HttpRequest, workspace: str) -> HttpResponse:
        form = self.rotate_form = RotateKeyForm(request.POST, auto_id="rotate-%s", request=request)
        if not form.is_valid():
            return self.page(status=UNPROCESSABLE)
        chosen = form.cleaned_data
        overlap = chosen["old_one_leaves_after"]
        webhook_actions.rotate_key(
            self.workspace, key_id=chosen["key_id"], overlap=overlap, by=request.user
        )
        return self.back(_("Events are signed with a new key from now on."))


class RemoveWebhookView(WebhookPage):
    def post(self, request: HttpRequest, workspace: str) -> HttpResponse:
        form = self.remove_form = RemoveWebhookForm(
            request.POST, auto_id="remove-%s", request=request
        )
        if not form.is_valid():
            return self.page(status=UNPROCESSABLE)
        webhook_actions.remove(self.workspace, by=request.user)
        return self.back(_("The webhook is removed: nothing is sent any more."))
