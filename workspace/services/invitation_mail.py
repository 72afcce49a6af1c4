"""The mail of an invitation, once and not lost; must not know who asks for it.

Everybody who wants an invitation mailed calls `mail_invitation`. What nobody could mail, a sweep
finds later.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils.timezone import now

from workspace import effects, selectors
from workspace.models import Invitation

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""Who has begun to mail an invitation has this long, and more than any mail takes."""


def mail_invitation(*, invitation_id: int) -> bool:
    """Mail an invitation that is open and has not been mailed; tell whether this call did.

    Of several callers at once, one mails. Not within a transaction: what this notes before the
    mail has to be seen by the others. Mailed again only if the process dies right after the mail.
    """
    if not _claim(invitation_id):
        return False
    outcome: dict[str, datetime] = {}
    try:
        effects.send_invitation(invitation_id)
        outcome["mailed_at"] = now()
    finally:
        # What failed may be tried again at once, by the outbox or the next sweep.
        Invitation.objects.filter(pk=invitation_id).update(mailing_until=now(), **outcome)
    return True


def mail_invitations(*, until: datetime | None = None) -> int:
    """Mail what nobody has mailed, until a time; return how many. One that fails stops no other."""
    # What has failed before comes last: many such may not keep others from their turn.
    waiting = selectors.unmailed_invitations().order_by(
        F("mailing_until").asc(nulls_first=True), "pk"
    )
    mailed = 0
    for invitation_id in list(waiting.values_list("pk", flat=True)):
        if until is not None and now() >= until:
            break
        mailed += _try_to_mail(invitation_id)
    return mailed


def _try_to_mail(invitation_id: int) -> bool:
    try:
        return mail_invitation(invitation_id=invitation_id)
    except Exception:  # the last resort: whatever is wrong with one, the others have their turn
        logger.exception("Invitation %s could not be mailed.", invitation_id)
        return False


def _claim(invitation_id: int) -> bool:
    """Take the lease, if the invitation is still to be mailed and nobody is at it."""
    moment = now()
    free = Q(mailing_until=None) | Q(mailing_until__lte=moment)
    claimed = (
        selectors.unmailed_invitations()
        .filter(free, pk=invitation_id)
        .update(mailing_until=moment + LEASE)
    )
    return claimed == 1
