"""Accepting an invitation, with an account or by making one; must not trust the link alone.

The link proves the address, so it may make an account for it; an account that exists has to
sign in.
"""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from workspace import selectors
from workspace.errors import WorkspaceError
from workspace.models import Invitation, Member, User
from workspace.services import invitations


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    try:
        return _answer(request, token, invitations.read_invitation(token=token))
    except WorkspaceError as error:
        return render(
            request, "workspace/invitation_refused.html", {"reason": str(error)}, status=410
        )


def _answer(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    if isinstance(request.user, User):
        return _accept(request, token, invitation, request.user)
    if selectors.account_exists(invitation.email):
        return redirect_to_login(request.get_full_path())
    return _create_account(request, token, invitation)


def _accept(request: HttpRequest, token: str, invitation: Invitation, user: User) -> HttpResponse:
    if request.method == "POST":
        return _to(invitations.accept_invitation(token=token, user=user))
    return render(request, "workspace/invitation.html", {"invitation": invitation})


def _create_account(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    person = User(name=invitation.member.name, email=invitation.email)
    form = SetPasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        member = invitations.accept_with_new_account(
            token=token, password=form.cleaned_data["new_password1"]
        )
        login(request, member.user, backend="django.contrib.auth.backends.ModelBackend")
        return _to(member)
    return render(request, "workspace/invitation.html", {"invitation": invitation, "form": form})


def _to(member: Member) -> HttpResponse:
    return redirect("profile", workspace=member.workspace.slug)
