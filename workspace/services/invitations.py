"""Invitations: sent, withdrawn, accepted; must not know why somebody was invited."""

from __future__ import annotations

from django.utils.timezone import now

from workspace import signals, tasks
from workspace.errors import EmailTaken, InvitationUnusable, NotAllowed
from workspace.models import Invitation, Member, User
from workspace.names import comparison_key
from workspace.services import accounts, guards
from workspace.services.transactions import service
from workspace.tokens import read_invitation_token


@service
def send_invitation(*, member: Member) -> Invitation:
    """Replace the member's open invitations by a new one; mailed after the commit or by a sweep."""
    invitation = make_invitation(member=member)
    tasks.after_commit(tasks.mail_invitation, invitation.pk)
    return invitation


@service
def make_invitation(*, member: Member) -> Invitation:
    """Replace the member's open invitations by a new one; the caller sees to its mail."""
    cancel_invitations(member=member)
    return Invitation.objects.create(
        workspace_id=member.workspace_id, member=member, email=member.email
    )


@service
def cancel_invitations(*, member: Member) -> int:
    """Withdraw the member's open invitations; return how many there were."""
    return Invitation.objects.filter(
        member=member, accepted_at__isnull=True, cancelled_at__isnull=True
    ).update(cancelled_at=now())


def read_invitation(*, token: str) -> Invitation:
    """Return the open invitation of a link; raise InvitationUnusable."""
    invitation = (
        Invitation.objects.select_related("workspace", "member")
        .filter(pk=read_invitation_token(token))
        .first()
    )
    if invitation is None or not invitation.is_open or invitation.member.user_id is not None:
        raise InvitationUnusable
    return invitation


@service
def accept_invitation(*, token: str, user: User) -> Member:
    """Link the account to the invited member; its address must be the invited one."""
    invitation = _lock_invitation(token)
    accounts.lock_account(user)
    member = invitation.member
    if comparison_key(invitation.email) != user.email_key:
        raise NotAllowed("This invitation was sent to another e-mail address.")
    if Member.objects.filter(workspace_id=member.workspace_id, user=user).exists():
        raise EmailTaken("Your account is a member of this workspace already.")
    invitation.accepted_at = now()
    invitation.save(update_fields=["accepted_at"])
    member.user = user
    member.status = member.derived_status()
    member.save(update_fields=["user", "status"])
    signals.announce_members(member.workspace_id, [member.pk])
    return member


@service
def accept_with_new_account(*, token: str, password: str) -> Member:
    """Create the invited person's account and link it: the mailed link proves the address."""
    invitation = _lock_invitation(token)
    user = accounts.create_account(
        name=invitation.member.name, email=invitation.email, password=password
    )
    return accept_invitation(token=token, user=user)


def _lock_invitation(token: str) -> Invitation:
    """Return the open invitation with its member locked; raise InvitationUnusable."""
    guards.lock_member(read_invitation(token=token).member)
    # Read again under the lock: it may have been withdrawn while we waited for it.
    return read_invitation(token=token)
