"""The people of a workspace and what administrators do to them; must not decide who may."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from workspace import locks, selectors
from workspace.models import Member
from workspace.services import members_by_hand
from workspace.views.entrance import inside_workspace, page, telling_refusals
from workspace.views.forms import InviteForm, NameForm, RoleForm, SearchForm

PAGE_SIZE = 100


@inside_workspace
def members(request: HttpRequest, member: Member) -> HttpResponse:
    search = SearchForm(request.GET)
    query = search.cleaned_data["q"] if search.is_valid() else ""
    people = Paginator(selectors.listed_members(member.workspace, matching=query), PAGE_SIZE)
    shown = people.get_page(request.GET.get("page"))
    return page(
        request,
        member,
        "workspace/members.html",
        people=shown,
        query=query,
        locks=locks.member_locks(member.workspace, [person.pk for person in shown]),
        seats_taken=selectors.seats_taken(member.workspace),
        roles=Member.Role.choices,
        invite_form=InviteForm(),
        kiosk_form=NameForm(auto_id="kiosk_%s"),
    )


@require_POST
@inside_workspace
def invite(request: HttpRequest, member: Member) -> HttpResponse:
    form = InviteForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The invitation needs a name, an e-mail address and a role.")
        return _back(member)
    with telling_refusals(request):
        members_by_hand.invite_member(workspace=member.workspace, by=member, **form.cleaned_data)
        messages.success(request, f"{form.cleaned_data['name']} has been invited.")
    return _back(member)


@require_POST
@inside_workspace
def add_kiosk_member(request: HttpRequest, member: Member) -> HttpResponse:
    form = NameForm(request.POST)
    if form.is_valid():
        with telling_refusals(request):
            members_by_hand.add_kiosk_member(
                workspace=member.workspace, name=form.cleaned_data["name"], by=member
            )
    return _back(member)


@require_POST
@inside_workspace
def block(request: HttpRequest, member: Member, *, member_id: int) -> HttpResponse:
    return _apply(request, member, member_id, members_by_hand.block_member)


@require_POST
@inside_workspace
def unblock(request: HttpRequest, member: Member, *, member_id: int) -> HttpResponse:
    return _apply(request, member, member_id, members_by_hand.unblock_member)


@require_POST
@inside_workspace
def resume(request: HttpRequest, member: Member, *, member_id: int) -> HttpResponse:
    return _apply(request, member, member_id, members_by_hand.resume_member)


@require_POST
@inside_workspace
def change_role(request: HttpRequest, member: Member, *, member_id: int) -> HttpResponse:
    form = RoleForm(request.POST)
    if form.is_valid():
        with telling_refusals(request):
            members_by_hand.change_role(
                member=_person(member, member_id), role=form.cleaned_data["role"], by=member
            )
    return _back(member)


@require_POST
@inside_workspace
def release_timezone(request: HttpRequest, member: Member, *, member_id: int) -> HttpResponse:
    return _apply(request, member, member_id, members_by_hand.release_timezone)


def _apply(
    request: HttpRequest, member: Member, member_id: int, service: Callable[..., object]
) -> HttpResponse:
    with telling_refusals(request):
        service(member=_person(member, member_id), by=member)
    return _back(member)


def _person(member: Member, member_id: int) -> Member:
    return get_object_or_404(selectors.listed_members(member.workspace), pk=member_id)


def _back(member: Member) -> HttpResponse:
    return redirect("members", workspace=member.workspace.slug)
