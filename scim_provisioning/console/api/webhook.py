"""The endpoints of the webhook: read, call one thing, answer.

Must not know how an action is done or what it may cost.
"""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.utils.decorators import method_decorator
from rest_framework.request import Request
from rest_framework.response import Response

from scim_provisioning.console import webhook_actions
from scim_provisioning.console.api.endpoint import Endpoint, Invalid, answer, done
from scim_provisioning.console.forms import RemoveWebhookForm, RotateKeyForm, WebhookForm
from scim_provisioning.console.webhook import look_at_webhook, result
from scim_provisioning.webhooks.targets import UnusableUrl


class WebhookEndpoint(Endpoint):
    def get(self, request: Request, workspace: str) -> Response:
        return answer(look_at_webhook(self.connection()))


class AddressEndpoint(Endpoint):
    def post(self, request: Request, workspace: str) -> Response:
        form = self.body(WebhookForm)
        try:
            webhook_actions.set_address(self.workspace, form.cleaned_data["url"], by=request.user)
        except UnusableUrl as problem:
            form.add_error("url", str(problem))
            raise Invalid(form) from problem
        return done()


# The answer is waited for outside of a transaction, whatever the host wraps requests in.
@method_decorator(transaction.non_atomic_requests, name="dispatch")
class TestEndpoint(Endpoint):
    def post(self, request: Request, workspace: str) -> Response:
        self.body(forms.Form)
        outcome = webhook_actions.send_test(self.workspace)
        return answer(result(outcome.status, outcome.error))


class RotateKeyEndpoint(Endpoint):
    def post(self, request: Request, workspace: str) -> Response:
        chosen = self.body(RotateKeyForm).cleaned_data
        webhook_actions.rotate_key(
            self.workspace,
            key_id=chosen["key_id"],
            overlap=chosen["old_one_leaves_after"],
            by=request.user,
        )
        return done()


class RemoveEndpoint(Endpoint):
    def post(self, request: Request, workspace: str) -> Response:
        self.body(RemoveWebhookForm)
        webhook_actions.remove(self.workspace, by=request.user)
        return done()
