"""The people a directory manages, and each one's own page.

Must not know how a person is described.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from scim_provisioning.console import decisions
from scim_provisioning.console.filters import PeopleForm
from scim_provisioning.console.forms import HandBackForm
from scim_provisioning.console.people import (
    PersonState,
    attributes,
    describe,
    find_person,
    list_people,
)
from scim_provisioning.console.timeline import timeline
from scim_provisioning.console.views.owner import ConnectedView
from scim_provisioning.outbox.receipts import receipt


class PeopleView(ConnectedView):
    section = "people"

    def page(self, *, status: int = 200, notice: str | Promise = "") -> HttpResponse:
        form = PeopleForm(self.request.GET)
        form.is_valid()
        chosen = form.cleaned_data
        people = list_people(
            self.connection(),
            state=PersonState(chosen["state"]) if chosen.get("state") else None,
            text=chosen.get("text", ""),
            page=chosen.get("page") or 1,
        )
        return self.show("people.html", status=status, form=form, people=people)

    def address(self) -> str:
        return self.url("people")


class PersonView(ConnectedView):
    section = "people"

    def page(self, *, status: int = 200, notice: str | Promise = "") -> HttpResponse:
        connection, scim_id = self.connection(), self.kwargs["scim_id"]
        link = find_person(connection, scim_id)
        if link is None:
            raise Http404
        return self.show(
            "person.html",
            status=status,
            notice=notice,
            person=describe(link),
            attributes=attributes(link),
            moments=timeline(connection, scim_id, "user"),
            receipt=receipt(connection, scim_id),
        )

    def address(self) -> str:
        return self.url("person", scim_id=self.kwargs["scim_id"])


class HandBackView(PersonView):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, workspace: str, scim_id: UUID) -> HttpResponse:
        form = HandBackForm(request.POST)
        attribute = form.cleaned_data["attribute"] if form.is_valid() else ""
        decisions.hand_back(self.workspace, scim_id, attribute, by=request.user)
        return self.back(_("The directory decides again."))


class ReceiptView(ConnectedView):
    """Proof of a deprovisioning, to keep."""

    section = "people"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = receipt(self.connection(), kwargs["scim_id"])
        if found is None:
            raise Http404
        name = f"receipt-{kwargs['scim_id']}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return JsonResponse(asdict(found), headers=headers)
