"""What a directory does to people; must not know which directory it is.

Nothing here asks a lock (`workspace.locks`): a lock is the directory's own. Nothing is mailed
here: that follows from the directory's events (`workspace.directory_effects`), so that none is
lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from django.db import IntegrityError
from django.utils.timezone import now

from workspace import selectors, signals
from workspace.errors import EmailTaken, NotAllowed
from workspace.models import GroupMembership, Member, Workspace
from workspace.names import clean_email, clean_name, comparison_key
from workspace.services import accounts, api_keys, guards, invitations
from workspace.services.accounts import AccountOutcome
from workspace.services.transactions import service
from workspace.timezones import clean_timezone


class ProvisioningCase(StrEnum):
    ACCOUNT_CREATED = "account_created"  # nobody had the address
    ACCOUNT_JOINED = "account_joined"  # the account's domain is verified for this workspace
    INVITED = "invited"  # somebody else's account: its owner decides
    NO_ACCOUNT = "no_account"  # no address, so nothing to sign in with


@dataclass(frozen=True, slots=True, kw_only=True)
class Provisioning:
    member: Member
    case: ProvisioningCase


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberChange:
    changed: frozenset[str]
    """Names among "name", "email", "timezone"."""
    account: AccountOutcome
    case: ProvisioningCase | None = None
    """How a member without an account came by one; None when that was no question."""


@service
def provision_member(
    *, workspace: Workspace, name: str, email: str, timezone: str | None = None
) -> Provisioning:
    """Add a person; raise SeatLimitReached, EmailTaken or InvalidValue. Locks the workspace."""
    workspace = guards.lock_workspace(workspace.pk)
    guards.require_seat(workspace)
    member = Member(workspace=workspace, name=clean_name(name))
    _take_timezone(member, timezone)
    _take_address(member, email)
    with _refusing_taken_email():
        case = _find_account(member)
        member.status = member.derived_status()
        member.save()
    if case is ProvisioningCase.INVITED:
        invitations.make_invitation(member=member)
    signals.announce_members(workspace.pk, [member.pk])
    return Provisioning(member=member, case=case)


@service
def update_member(
    *,
    member: Member,
    name: str | None = None,
    email: str | None = None,
    timezone: str | None = None,
) -> MemberChange:
    """Write what the directory says (None: nothing); the account follows as it may.

    A timezone the person has chosen stays. Raises EmailTaken or InvalidValue. Neither locks nor
    writes when the caller's object says all of it already.
    """
    if not _would_change(member, name=name, email=email, timezone=timezone):
        return MemberChange(changed=frozenset(), account=AccountOutcome.UNCHANGED)
    guards.lock_member(member)
    changed = (
        _take_name(member, name) | _take_timezone(member, timezone) | _take_email(member, email)
    )
    case = None
    with _refusing_taken_email():
        if member.user_id is None and "email" in changed:
            case = _find_account(member)
        member.status = member.derived_status()
        member.save()
    if case is not None:
        _renew_invitation(member)
    if changed:
        signals.announce_members(member.workspace_id, [member.pk])
    return MemberChange(changed=changed, account=_follow(member, changed, case), case=case)


@service
def suspend_member(*, member: Member) -> bool:
    """Cut access, keeping history, groups and role; raise LastOwner. Tells whether it changed."""
    guards.lock_workspace(member.workspace_id)
    guards.lock_member(member)
    changed = _suspend(member)
    if changed:
        signals.announce_members(member.workspace_id, [member.pk])
    return changed


@service
def resume_member(*, member: Member) -> bool:
    """Undo a suspension, not a block; raise SeatLimitReached. Tells whether it changed."""
    workspace = guards.lock_workspace(member.workspace_id)
    guards.lock_member(member)
    if member.suspended_at is None:
        return False
    if member.blocked_at is None:
        guards.require_seat(workspace)
    member.suspended_at = None
    member.status = member.derived_status()
    member.save(update_fields=["suspended_at", "status"])
    if member.user_id is None:
        _renew_invitation(member)
    signals.announce_members(member.workspace_id, [member.pk])
    return True


@service
def remove_member(*, member: Member) -> None:
    """Suspend, and take groups, role and API keys away; history stays. Raises LastOwner."""
    guards.lock_workspace(member.workspace_id)
    guards.lock_member(member)
    _suspend(member)
    memberships = GroupMembership.objects.filter(member=member)
    group_ids = sorted(memberships.values_list("group_id", flat=True))
    memberships.delete()
    api_keys.revoke_api_keys(member=member)
    member.role = Member.Role.MEMBER
    member.save(update_fields=["role"])
    signals.announce_members(member.workspace_id, [member.pk])
    signals.announce_groups(member.workspace_id, group_ids)


@service
def grant_role(*, member: Member, role: str) -> None:
    """Give a role that an owner has tied to a group; never takes or gives ownership."""
    guards.lock_member(member)
    if member.is_owner or role == Member.Role.OWNER:
        raise NotAllowed("Ownership is neither given nor taken by a directory.")
    member.role = Member.Role(role)
    member.save(update_fields=["role"])
    signals.announce_members(member.workspace_id, [member.pk])


def _suspend(member: Member) -> bool:
    if member.suspended_at is not None:
        return False
    guards.require_other_owner(member)
    member.suspended_at = now()
    member.status = member.derived_status()
    member.save(update_fields=["suspended_at", "status"])
    if member.user_id is None:  # Who has an account has no open invitation.
        invitations.cancel_invitations(member=member)
    return True


def _find_account(member: Member) -> ProvisioningCase:
    """Link the account of the member's address, making it when nobody has it; unsaved."""
    if not member.email:
        return ProvisioningCase.NO_ACCOUNT
    workspace = member.workspace
    user, is_new = accounts.find_or_create_account(
        workspace=workspace, name=member.name, email=member.email
    )
    if is_new:
        member.user = user
        return ProvisioningCase.ACCOUNT_CREATED
    if Member.objects.filter(workspace=workspace, user=user).exists():
        raise EmailTaken
    if not selectors.has_verified_domain(workspace, user.email):
        return ProvisioningCase.INVITED
    accounts.adopt_account(workspace=workspace, user=user)
    member.user = user
    return ProvisioningCase.ACCOUNT_JOINED


def _renew_invitation(member: Member) -> None:
    invitations.cancel_invitations(member=member)
    if member.status == Member.Status.PENDING:
        invitations.make_invitation(member=member)


def _follow(
    member: Member, changed: frozenset[str], case: ProvisioningCase | None
) -> AccountOutcome:
    if case is not None or not changed & {"name", "email"} or member.user is None:
        return AccountOutcome.UNCHANGED
    return accounts.follow_directory(
        workspace=member.workspace,
        user=member.user,
        name=member.name if "name" in changed else None,
        email=member.email if "email" in changed else None,
    )


def _would_change(
    member: Member, *, name: str | None, email: str | None, timezone: str | None
) -> bool:
    """Whether anything differs from what the caller's object says."""
    return (
        (name is not None and clean_name(name) != member.name)
        or (email is not None and clean_email(email) != member.email)
        or (timezone is not None and not _has_timezone(member, clean_timezone(timezone)))
    )


def _has_timezone(member: Member, zone: str) -> bool:
    """Whether the directory has said this before and it stands, or the person's own does."""
    is_persons = member.timezone_set_by == Member.TimezoneSource.PERSON
    return member.directory_timezone == zone and (is_persons or member.timezone == zone)


def _take_name(member: Member, name: str | None) -> frozenset[str]:
    if name is None or clean_name(name) == member.name:
        return frozenset()
    member.name = clean_name(name)
    return frozenset({"name"})


def _take_email(member: Member, email: str | None) -> frozenset[str]:
    if email is None or clean_email(email) == member.email:
        return frozenset()
    _take_address(member, email)
    holder = selectors.find_member(workspace=member.workspace, email=member.email)
    if holder is not None and holder.pk != member.pk:
        raise EmailTaken
    return frozenset({"email"})


def _take_address(member: Member, email: str) -> None:
    member.email = clean_email(email)
    member.email_key = comparison_key(member.email)


def _take_timezone(member: Member, timezone: str | None) -> frozenset[str]:
    """Remember what the directory says, and apply it unless the person has chosen."""
    if timezone is None:
        return frozenset()
    zone = clean_timezone(timezone)
    member.directory_timezone = zone if timezone else ""
    if member.timezone_set_by == Member.TimezoneSource.PERSON:
        return frozenset()
    source = Member.TimezoneSource.DIRECTORY if timezone else Member.TimezoneSource.NOBODY
    if (member.timezone, member.timezone_set_by) == (zone, source):
        return frozenset()
    member.timezone, member.timezone_set_by = zone, source
    return frozenset({"timezone"})


@contextmanager
def _refusing_taken_email() -> Iterator[None]:
    """Turn a race lost to the database's unique constraints into EmailTaken: the service fails."""
    try:
        yield
    except IntegrityError as error:
        raise EmailTaken from error
