"""What leaves the product: mail, by id of the row it is about; must not write."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from workspace.models import Invitation, LoginChange
from workspace.tokens import invitation_token


def send_invitation(invitation_id: int) -> None:
    """Mail the link of an invitation that is still open."""
    invitation = Invitation.objects.select_related("workspace", "member").get(pk=invitation_id)
    if not invitation.is_open:
        return
    path = reverse("invitation", kwargs={"token": invitation_token(invitation.pk)})
    send_mail(
        subject=_one_line(f"Join {invitation.workspace.name}"),
        message=(
            f"Hello {invitation.member.name},\n\n"
            f"{invitation.workspace.name} invites you to track time together:\n"
            f"{settings.BASE_URL.rstrip('/')}{path}\n\n"
            f"The link works until {invitation.expires_at:%d %B %Y}.\n"
        ),
        from_email=None,
        recipient_list=[invitation.email],
    )


def notify_login_changed(change: LoginChange) -> None:
    """Tell the former address, which may be all its owner still reads."""
    send_mail(
        subject="Your sign-in address has changed",
        message=(
            f"Hello {change.user.name},\n\n"
            "your organisation's directory has changed the e-mail address you sign in with; "
            "this one no longer works. You have been signed out everywhere.\n\n"
            "If you did not expect this, ask your administrator.\n"
        ),
        from_email=None,
        recipient_list=[change.old_email],
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
