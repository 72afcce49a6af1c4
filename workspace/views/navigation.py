"""The member whose workspace a page belongs to, for the base template's navigation.

Must not decide access: pages of other apps ask `workspace.access` through their own gate.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from workspace import selectors
from workspace.models import Member, User


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Offer `current_member`, looked up only when a template asks."""
    return {"current_member": SimpleLazyObject(partial(_current_member, request))}


def _current_member(request: HttpRequest) -> Member | None:
    match = request.resolver_match
    user = getattr(request, "user", None)
    if match is None or "workspace" not in match.kwargs or not isinstance(user, User):
        return None
    return selectors.membership(user=user, slug=match.kwargs["workspace"])
