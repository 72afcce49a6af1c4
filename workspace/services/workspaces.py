"""Workspaces, their plans and their domains; must not know their people, but for the owner."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.timezone import now

from workspace import signals
from workspace.errors import DomainTaken, SlugTaken
from workspace.models import Domain, Member, User, Workspace
from workspace.names import clean_name, email_domain
from workspace.services import accounts
from workspace.services.transactions import service


@service
def create_workspace(
    *,
    name: str,
    slug: str,
    owner: User,
    plan: str = Workspace.Plan.FREE,
    seat_limit: int | None = None,
) -> Workspace:
    """Create a workspace and its owner's membership; raise SlugTaken."""
    workspace = Workspace(
        name=clean_name(name), slug=slug, plan=Workspace.Plan(plan), seat_limit=seat_limit
    )
    try:
        with transaction.atomic():
            workspace.save()
    except IntegrityError as error:
        raise SlugTaken from error
    member = Member.objects.create(
        workspace=workspace,
        user=owner,
        role=Member.Role.OWNER,
        name=owner.name,
        email=owner.email,
        email_key=owner.email_key,
    )
    signals.announce_members(workspace.pk, [member.pk])
    return workspace


@service
def rename_workspace(*, workspace: Workspace, name: str) -> None:
    workspace.name = clean_name(name)
    workspace.save(update_fields=["name"])


@service
def delete_workspace(*, workspace: Workspace) -> None:
    """Delete a workspace with all that hangs on it; people keep their accounts."""
    accounts.disown_accounts(workspace=workspace)
    workspace.delete()


@service
def change_plan(*, workspace: Workspace, plan: str, seat_limit: int | None = None) -> None:
    """Put the workspace on a plan; people already there stay, whatever the new limit."""
    workspace.plan = Workspace.Plan(plan)
    workspace.seat_limit = seat_limit
    workspace.save(update_fields=["plan", "seat_limit"])


@service
def claim_domain(*, workspace: Workspace, name: str) -> Domain:
    """Note a domain to be verified; claiming it again returns the same one."""
    domain, _ = Domain.objects.get_or_create(workspace=workspace, name=email_domain(f"@{name}"))
    return domain


@service
def verify_domain(*, domain: Domain) -> None:
    """Note that ownership was proven; raise DomainTaken when another workspace proved it."""
    if domain.verified_at is not None:
        return
    domain.verified_at = now()
    try:
        with transaction.atomic():
            domain.save(update_fields=["verified_at"])
    except IntegrityError as error:
        raise DomainTaken from error


@service
def release_domain(*, domain: Domain) -> None:
    domain.delete()
