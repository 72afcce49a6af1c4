"""A person's own page: name, timezone, API keys; must not show another person's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from workspace import locks, selectors
from workspace.models import Member
from workspace.services import api_keys, members_by_hand, timezones
from workspace.views.entrance import inside_workspace, page, telling_refusals
from workspace.views.forms import ApiKeyForm, NameForm, TimezoneForm


@inside_workspace
def profile(request: HttpRequest, member: Member) -> HttpResponse:
    return _show(request, member)


@require_POST
@inside_workspace
def rename(request: HttpRequest, member: Member) -> HttpResponse:
    form = NameForm(request.POST)
    if form.is_valid():
        with telling_refusals(request):
            members_by_hand.rename_member(member=member, name=form.cleaned_data["name"])
            messages.success(request, "Your name is saved.")
    return _back(member)


@require_POST
@inside_workspace
def set_timezone(request: HttpRequest, member: Member) -> HttpResponse:
    form = TimezoneForm(request.POST)
    if form.is_valid():
        timezones.set_timezone(member=member, timezone=form.cleaned_data["timezone"])
        messages.success(request, "Your timezone is saved.")
    return _back(member)


@require_POST
@inside_workspace
def release_timezone(request: HttpRequest, member: Member) -> HttpResponse:
    timezones.release_timezone(member=member)
    messages.success(request, "Your directory decides your timezone again.")
    return _back(member)


@require_POST
@never_cache
@inside_workspace
def create_api_key(request: HttpRequest, member: Member) -> HttpResponse:
    form = ApiKeyForm(request.POST)
    if not form.is_valid():
        return _back(member)
    new_key = api_keys.create_api_key(member=member, label=form.cleaned_data["label"])
    # Shown in this answer and never again, so no redirect.
    return _show(request, member, secret=new_key.secret)


@require_POST
@inside_workspace
def revoke_api_key(request: HttpRequest, member: Member, *, key_id: int) -> HttpResponse:
    api_key = get_object_or_404(selectors.usable_api_keys(member), pk=key_id)
    api_keys.revoke_api_key(api_key=api_key)
    return _back(member)


def _show(request: HttpRequest, member: Member, *, secret: str = "") -> HttpResponse:
    return page(
        request,
        member,
        "workspace/profile.html",
        lock=locks.member_locks(member.workspace, [member.pk]).get(member.pk),
        name_form=NameForm(initial={"name": member.name}),
        timezone_form=TimezoneForm(initial={"timezone": member.timezone}),
        is_own_timezone=member.timezone_set_by == Member.TimezoneSource.PERSON,
        api_keys=selectors.usable_api_keys(member),
        api_key_form=ApiKeyForm(),
        groups=selectors.member_groups(member),
        secret=secret,
    )


def _back(member: Member) -> HttpResponse:
    return redirect("profile", workspace=member.workspace.slug)
