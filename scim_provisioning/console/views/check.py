"""A check of the connection that the owner can run.

Must not know how a provider is played.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from scim_provisioning.console.dialects import DIALECTS
from scim_provisioning.console.forms import CheckForm
from scim_provisioning.console.rehearsal import Step, rehearse
from scim_provisioning.console.views.owner import UNPROCESSABLE, ConnectedView


class CheckView(ConnectedView):
    section = "check"
    form: CheckForm | None = None

    def page(
        self,
        *,
        status: int = 200,
        notice: str | Promise = "",
        steps: Sequence[Step] = (),
    ) -> HttpResponse:
        return self.show(
            "check.html",
            status=status,
            notice=notice,
            form=self.form or CheckForm(),
            steps=steps,
            is_good=all(step.is_good for step in steps),
        )

    def post(self, request: HttpRequest, workspace: str) -> HttpResponse:
        form = self.form = CheckForm(request.POST)
        if not form.is_valid():
            return self.page(status=UNPROCESSABLE)
        steps = rehearse(self.workspace, DIALECTS[form.cleaned_data["provider"]])
        return self.page(steps=steps)

    def address(self) -> str:
        return self.url("check")
