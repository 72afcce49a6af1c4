"""How a page is entered and answered; must not know what a page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from workspace.access import enter_workspace
from workspace.errors import AccessError, Conflict, InvalidValue
from workspace.models import Member, User


def inside_workspace(
    view: Callable[Concatenate[HttpRequest, Member, ...], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Call the view with the signed-in person's active membership, else answer 403."""

    @login_required
    @wraps(view)
    def entered(request: HttpRequest, *, workspace: str, **arguments: Any) -> HttpResponse:
        try:
            member = enter_workspace(user=signed_in(request), slug=workspace)
            return view(request, member, **arguments)
        except AccessError as error:
            raise PermissionDenied(str(error)) from error

    return entered


def signed_in(request: HttpRequest) -> User:
    """Return the account behind a request that has passed `login_required`."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def page(request: HttpRequest, member: Member, template: str, **context: Any) -> HttpResponse:
    """Render a page of the member's workspace."""
    context |= {"current_member": member, "workspace": member.workspace}
    return render(request, template, context)


@contextmanager
def telling_refusals(request: HttpRequest) -> Iterator[None]:
    """Show what a service refuses as a message on the next page."""
    try:
        yield
    except (Conflict, InvalidValue) as error:
        messages.error(request, str(error))
