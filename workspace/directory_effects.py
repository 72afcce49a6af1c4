"""What must follow when a directory has changed people: mail, and ends of what still runs.

Must not know which directory it is. Each looks at the rows as they are now and may run again at
any time: a person who is back by then is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from workspace import effects, selectors
from workspace.models import LoginChange, Member, Workspace
from workspace.services import invitation_mail
from workspace.services.accounts import forget_login_change
from workspace.services.api_keys import revoke_api_keys
from workspace.services.invitations import cancel_invitations
from workspace.services.timers import stop_timers


def welcome(member_id: int) -> None:
    """Mail a person who has been added at once; who has to accept first gets an invitation."""
    member = _member(member_id)
    if member is None or member.user is None or member.status != Member.Status.ACTIVE:
        return
    workspace = member.workspace.name
    _mail(
        [member.user.email],
        f"Welcome to {workspace}",
        f"Hello {member.name},\n\n"
        f"your organisation has added you to {workspace}, where you track your time:\n"
        f"{_address('workspaces')}\n\n"
        f"You sign in as {member.user.email}. If you have no password yet, choose one here:\n"
        f"{_address('password_reset')}\n",
    )


def mail_invitation(member_id: int) -> None:
    """Mail the invitations of a person that are open and have not been mailed."""
    unmailed = selectors.unmailed_invitations().filter(member_id=member_id)
    for invitation_id in list(unmailed.values_list("pk", flat=True)):
        invitation_mail.mail_invitation(invitation_id=invitation_id)


def notify_login_changed(member_id: int) -> None:
    """Tell the former addresses of a person whose login has followed the directory."""
    changes = LoginChange.objects.filter(user__memberships=member_id).select_related("user")
    for change in changes.order_by("pk"):
        effects.notify_login_changed(change)
        forget_login_change(change_id=change.pk)


def notify_address_changed(member_id: int) -> None:
    """Tell a person whose address here is no longer the one they sign in with."""
    member = _member(member_id)
    if member is None or member.user is None or member.status != Member.Status.ACTIVE:
        return
    if not member.email or member.email_key == member.user.email_key:
        return
    _mail(
        [member.user.email],
        f"Your e-mail address in {member.workspace.name} has changed",
        f"Hello {member.name},\n\n"
        f"your organisation's directory has changed the e-mail address that "
        f"{member.workspace.name} shows for you to {member.email}. You sign in with this address "
        "as before.\n\n"
        "If you did not expect this, ask your administrator.\n",
    )


def stop_running_timers(member_id: int) -> None:
    """Stop what still runs for a person who has no access."""
    if _inactive(member_id):
        stop_timers(member_id=member_id)


def withdraw_invitations(member_id: int) -> None:
    """Withdraw what a person without access could still accept."""
    member = _inactive(member_id)
    if member:
        cancel_invitations(member=member)


def revoke_keys(member_id: int) -> None:
    """Revoke the API keys of a person whom the directory has let go."""
    member = _inactive(member_id)
    if member:
        revoke_api_keys(member=member)


def tell_owners_of_refusals(workspace_id: int) -> None:
    """Mail the owners that the directory could not change everything."""
    _mail_owners(
        workspace_id,
        "Changes from your directory were refused",
        "some changes that your company's directory sent were refused. Which, and why:",
    )


def tell_owners_of_expiry(workspace_id: int, days: int) -> None:
    """Mail the owners that a credential of the directory ends soon."""
    left = "in one day" if days == 1 else f"in {days} days"
    _mail_owners(
        workspace_id,
        f"A token of your directory expires {left}",
        f"a token that your company's directory uses expires {left}; people and groups will no "
        "longer be kept in step then. Create a new one and put it into the directory:",
    )


def _member(member_id: int) -> Member | None:
    return Member.objects.select_related("user", "workspace").filter(pk=member_id).first()


def _inactive(member_id: int) -> Member | None:
    return Member.objects.filter(pk=member_id, status=Member.Status.INACTIVE).first()


def _mail_owners(workspace_id: int, subject: str, sentence: str) -> None:
    workspace = Workspace.objects.filter(pk=workspace_id).first()
    if workspace is None:
        return
    owners = selectors.active_owners(workspace).select_related("user").order_by("pk")
    page = _address(settings.WORKSPACE_DIRECTORY_URL_NAME, workspace=workspace.slug)
    _mail(
        [owner.user.email for owner in owners if owner.user],
        f"{subject} ({workspace.name})",
        f"Hello,\n\nin {workspace.name} {sentence}\n{page}\n",
    )


def _mail(recipients: Sequence[str], subject: str, message: str) -> None:
    """Mail each alone, so that nobody learns of the others."""
    for recipient in recipients:
        send_mail(" ".join(subject.split()), message, None, [recipient])


def _address(name: str, **arguments: str) -> str:
    return settings.BASE_URL.rstrip("/") + reverse(name, kwargs=arguments)
