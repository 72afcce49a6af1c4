"""What administrators do to people by hand; must not touch what a directory decided."""

from __future__ import annotations

from django.utils.timezone import now

from workspace import locks, selectors, signals
from workspace.errors import EmailInvalid, EmailTaken, NotAllowed
from workspace.models import Member, Workspace
from workspace.names import clean_email, clean_name, comparison_key
from workspace.services import guards, invitations, members, timezones
from workspace.services.transactions import service


@service
def invite_member(*, workspace: Workspace, name: str, email: str, role: str, by: Member) -> Member:
    """Add a pending member and mail the invitation; raise EmailTaken, SeatLimitReached."""
    guards.require_administrator(by, workspace_id=workspace.pk)
    _require_grantable(role, by=by)
    workspace = guards.lock_workspace(workspace.pk)
    guards.require_seat(workspace)
    email = clean_email(email)
    if not email:
        raise EmailInvalid
    if selectors.find_member(workspace=workspace, email=email):
        raise EmailTaken
    member = Member(
        workspace=workspace,
        name=clean_name(name),
        email=email,
        email_key=comparison_key(email),
        role=Member.Role(role),
    )
    member.status = member.derived_status()
    member.save()
    invitations.send_invitation(member=member)
    signals.announce_members(workspace.pk, [member.pk])
    return member


@service
def add_kiosk_member(*, workspace: Workspace, name: str, by: Member) -> Member:
    """Add somebody who clocks in at a kiosk: no address, no account, no seat."""
    guards.require_administrator(by, workspace_id=workspace.pk)
    member = Member.objects.create(workspace=workspace, name=clean_name(name), is_kiosk=True)
    signals.announce_members(workspace.pk, [member.pk])
    return member


@service
def block_member(*, member: Member, by: Member) -> bool:
    """Cut access by hand; no directory can undo it. Raises LastOwner. Tells whether it changed."""
    guards.lock_workspace(member.workspace_id)
    guards.lock_member(member)
    guards.require_authority_over(member, by=by)
    if member.blocked_at is not None:
        return False
    guards.require_other_owner(member)
    member.blocked_at = now()
    _settle_status(member, "blocked_at")
    invitations.cancel_invitations(member=member)
    return True


@service
def unblock_member(*, member: Member, by: Member) -> bool:
    """Undo a block; raise SeatLimitReached. A suspension stays. Tells whether it changed."""
    workspace = guards.lock_workspace(member.workspace_id)
    guards.lock_member(member)
    guards.require_authority_over(member, by=by)
    if member.blocked_at is None:
        return False
    if member.suspended_at is None and not member.is_kiosk:
        guards.require_seat(workspace)
    member.blocked_at = None
    _settle_status(member, "blocked_at")
    if member.status == Member.Status.PENDING:
        invitations.send_invitation(member=member)
    return True


@service
def resume_member(*, member: Member, by: Member) -> bool:
    """Bring back somebody whom a directory suspended that has no say any more.

    Raises Locked while it has, and SeatLimitReached. Tells whether it changed.
    """
    guards.require_authority_over(member, by=by)
    locks.refuse_locked_member(member)
    return members.resume_member(member=member)


@service
def change_role(*, member: Member, role: str, by: Member) -> None:
    """Give a role; the last owner keeps it. Only owners make administrators and owners."""
    guards.lock_workspace(member.workspace_id)
    guards.lock_member(member)
    guards.require_authority_over(member, by=by)
    _require_grantable(role, by=by)
    if Member.Role(role) != Member.Role.OWNER:
        guards.require_other_owner(member)
    member.role = Member.Role(role)
    member.save(update_fields=["role"])
    signals.announce_members(member.workspace_id, [member.pk])


@service
def rename_member(*, member: Member, name: str) -> None:
    """Let the person change the name; raise Locked when the directory owns it."""
    guards.lock_member(member)
    locks.refuse_locked_member(member)
    member.name = clean_name(name)
    member.save(update_fields=["name"])
    signals.announce_members(member.workspace_id, [member.pk])


@service
def release_timezone(*, member: Member, by: Member) -> None:
    """Hand somebody's timezone back to the directory."""
    guards.require_authority_over(member, by=by)
    timezones.release_timezone(member=member)


def _require_grantable(role: str, *, by: Member) -> None:
    if role in {Member.Role.OWNER, Member.Role.ADMIN} and not by.is_owner:
        raise NotAllowed("Only an owner may grant this role.")


def _settle_status(member: Member, *fields: str) -> None:
    member.status = member.derived_status()
    member.save(update_fields=[*fields, "status"])
    signals.announce_members(member.workspace_id, [member.pk])
