"""The list of a person's workspaces; must not show one without access."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from workspace import selectors
from workspace.views.entrance import signed_in


@login_required
def workspaces(request: HttpRequest) -> HttpResponse:
    memberships = selectors.memberships_of(signed_in(request))
    return render(request, "workspace/workspaces.html", {"memberships": memberships})
