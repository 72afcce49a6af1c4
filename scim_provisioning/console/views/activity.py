"""The whole activity: filtered, page by page, and as a file.

Must not know how a line is made.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise

from scim_provisioning import conf, rejections
from scim_provisioning.console.activity import read, read_all
from scim_provisioning.console.exports import as_csv, as_json
from scim_provisioning.console.filters import ActivityForm
from scim_provisioning.console.views.owner import ConnectedView

PAGE_SIZE = 50

_FORMATS = {"csv": (as_csv, "text/csv"), "json": (as_json, "application/json")}


class ActivityView(ConnectedView):
    section = "activity"

    def page(self, *, status: int = 200, notice: str | Promise = "") -> HttpResponse:
        rejections.write_noted()
        form = ActivityForm(self.request.GET)
        form.is_valid()
        before = form.cleaned_data.get("before")
        found = read(self.connection(), form.wanted(), count=PAGE_SIZE, before=before)
        return self.show(
            "activity.html",
            status=status,
            form=form,
            page=found,
            before=before,
            query=urlencode(
                {name: form[name].value() or "" for name in ("text", "outcome", "kind")}
            ),
            retention_days=conf.value("JOURNAL_RETENTION_DAYS"),
        )

    def address(self) -> str:
        return self.url("activity")


class ExportView(ConnectedView):
    section = "activity"

    def get(self, request: HttpRequest, workspace: str, format: str) -> HttpResponseBase:  # type: ignore[override]  # a file, not a page
        form = ActivityForm(request.GET)
        form.is_valid()
        write, media_type = _FORMATS[format]
        deeds = read_all(self.connection(), form.wanted())
        return StreamingHttpResponse(
            write(deeds),
            content_type=f"{media_type}; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="scim-activity.{format}"',
                "X-Content-Type-Options": "nosniff",
            },
        )
