"""A workspace's settings, in tabs; must not know how a directory is connected."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from workspace import selectors
from workspace.models import Member, Workspace
from workspace.services import workspaces_by_hand
from workspace.views.entrance import inside_workspace, page, telling_refusals
from workspace.views.forms import NameForm


@inside_workspace
def general(request: HttpRequest, member: Member) -> HttpResponse:
    return page(
        request,
        member,
        "workspace/settings_general.html",
        form=NameForm(initial={"name": member.workspace.name}),
        seats_taken=selectors.seats_taken(member.workspace),
        domains=selectors.domains(member.workspace),
    )


@require_POST
@inside_workspace
def rename(request: HttpRequest, member: Member) -> HttpResponse:
    form = NameForm(request.POST)
    if form.is_valid():
        with telling_refusals(request):
            workspaces_by_hand.rename_workspace(name=form.cleaned_data["name"], by=member)
            messages.success(request, "The workspace's name is saved.")
    return redirect("settings", workspace=member.workspace.slug)


@inside_workspace
def authentication(request: HttpRequest, member: Member) -> HttpResponse:
    return page(
        request,
        member,
        "workspace/settings_authentication.html",
        directory_url=_directory_url(member.workspace),
        directory_refusal=_directory_refusal(member),
        directory_note=_directory_note(member.workspace),
    )


def _directory_refusal(member: Member) -> str:
    """Say why this person can't open the directory's page, "" when nothing stands against it."""
    if not member.is_owner:
        return "Only an owner of the workspace can connect a directory."
    return ""


def _directory_note(workspace: Workspace) -> str:
    # No refusal: an owner whose plan has ended still revokes tokens and disconnects there.
    if workspace.plan != Workspace.Plan.ENTERPRISE:
        return "Directory provisioning comes with the Enterprise plan."
    return ""


def _directory_url(workspace: Workspace) -> str:
    """Return the page of whatever app connects directories, "" when none is installed."""
    try:
        return reverse(settings.WORKSPACE_DIRECTORY_URL_NAME, kwargs={"workspace": workspace.slug})
    except NoReverseMatch:
        return ""
