"""The groups of a workspace; must not edit past `services.groups_by_hand`."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from workspace import locks, selectors
from workspace.models import Group, Member
from workspace.services import groups_by_hand
from workspace.views.entrance import inside_workspace, page, telling_refusals
from workspace.views.forms import MemberChoiceForm, NameForm

PAGE_SIZE = 100
# A longer list of people to add helps nobody, and a workspace may have many thousands.
OFFERED = 500


@inside_workspace
def groups(request: HttpRequest, member: Member) -> HttpResponse:
    found = Paginator(selectors.listed_groups(member.workspace), PAGE_SIZE)
    shown = found.get_page(request.GET.get("page"))
    return page(
        request,
        member,
        "workspace/groups.html",
        groups=shown,
        archived=selectors.archived_groups(member.workspace)[:PAGE_SIZE],
        locks=locks.group_locks(member.workspace, [group.pk for group in shown]),
        may_edit=groups_by_hand.may_edit_groups(member),
        form=NameForm(),
    )


@inside_workspace
def group(request: HttpRequest, member: Member, *, group_id: int) -> HttpResponse:
    found = _group(member, group_id)
    people = Paginator(selectors.group_members(found), PAGE_SIZE)
    return page(
        request,
        member,
        "workspace/group.html",
        group=found,
        people=people.get_page(request.GET.get("page")),
        lock=locks.group_locks(member.workspace, [found.pk]).get(found.pk),
        may_edit=groups_by_hand.may_edit_groups(member),
        rename_form=NameForm(initial={"name": found.name}),
        add_form=MemberChoiceForm(offered=selectors.group_outsiders(found)[:OFFERED]),
    )


@require_POST
@inside_workspace
def create(request: HttpRequest, member: Member) -> HttpResponse:
    form = NameForm(request.POST)
    if form.is_valid():
        with telling_refusals(request):
            created = groups_by_hand.create_group(name=form.cleaned_data["name"], by=member)
            return _to(member, created)
    return redirect("groups", workspace=member.workspace.slug)


@require_POST
@inside_workspace
def rename(request: HttpRequest, member: Member, *, group_id: int) -> HttpResponse:
    found, form = _group(member, group_id), NameForm(request.POST)
    if form.is_valid():
        with telling_refusals(request):
            groups_by_hand.rename_group(group=found, name=form.cleaned_data["name"], by=member)
    return _to(member, found)


@require_POST
@inside_workspace
def archive(request: HttpRequest, member: Member, *, group_id: int) -> HttpResponse:
    found = _group(member, group_id)
    with telling_refusals(request):
        groups_by_hand.archive_group(group=found, by=member)
        messages.success(request, f"{found.name} is archived.")
    return redirect("groups", workspace=member.workspace.slug)


@require_POST
@inside_workspace
def restore(request: HttpRequest, member: Member, *, group_id: int) -> HttpResponse:
    found = _group(member, group_id)
    with telling_refusals(request):
        groups_by_hand.restore_group(group=found, by=member)
    return redirect("groups", workspace=member.workspace.slug)


@require_POST
@inside_workspace
def add_member(request: HttpRequest, member: Member, *, group_id: int) -> HttpResponse:
    found = _group(member, group_id)
    form = MemberChoiceForm(request.POST)
    if form.is_valid():
        with telling_refusals(request):
            groups_by_hand.add_members(
                group=found, member_ids=[form.cleaned_data["member"]], by=member
            )
    return _to(member, found)


@require_POST
@inside_workspace
def remove_member(
    request: HttpRequest, member: Member, *, group_id: int, member_id: int
) -> HttpResponse:
    found = _group(member, group_id)
    with telling_refusals(request):
        groups_by_hand.remove_members(group=found, member_ids=[member_id], by=member)
    return _to(member, found)


def _group(member: Member, group_id: int) -> Group:
    return get_object_or_404(
        Group.objects.select_related("workspace"), pk=group_id, workspace=member.workspace
    )


def _to(member: Member, group: Group) -> HttpResponse:
    return redirect("group", workspace=member.workspace.slug, group_id=group.pk)
