"""What follows when a directory has changed somebody; must not know how it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scim_provisioning.models import Event
from scim_provisioning.outbox import EventName, handles
from workspace import directory_effects

_ENDINGS = (EventName.MEMBER_DEACTIVATED, EventName.MEMBER_DELETED)
_MEMBER_EFFECTS: Mapping[Callable[[int], None], tuple[EventName, ...]] = {
    directory_effects.welcome: (EventName.MEMBER_PROVISIONED,),
    directory_effects.mail_invitation: (
        EventName.MEMBER_PROVISIONED,
        EventName.MEMBER_REACTIVATED,
        EventName.MEMBER_EMAIL_CHANGED,
    ),
    directory_effects.notify_address_changed: (EventName.MEMBER_EMAIL_CHANGED,),
    directory_effects.notify_login_changed: (EventName.MEMBER_EMAIL_CHANGED,),
    directory_effects.stop_running_timers: _ENDINGS,
    directory_effects.withdraw_invitations: (
        EventName.MEMBER_DEACTIVATED,
        EventName.MEMBER_DELETED,
    ),
    directory_effects.revoke_keys: (EventName.MEMBER_DELETED,),
}


def register() -> None:
    """Handle what a directory does to members."""
    for effect, names in _MEMBER_EFFECTS.items():
        handles(*names, label=effect.__name__)(_about_member(effect))


@handles(EventName.CONNECTION_REFUSED, label="tell_owners_of_refusals")
def tell_owners_of_refusals(event: Event) -> None:
    directory_effects.tell_owners_of_refusals(event.connection_id)


@handles(EventName.TOKEN_EXPIRING, label="tell_owners_of_expiry")
def tell_owners_of_expiry(event: Event) -> None:
    directory_effects.tell_owners_of_expiry(event.connection_id, event.payload["days"])


def _about_member(effect: Callable[[int], None]) -> Callable[[Event], None]:
    return lambda event: effect(event.payload["member_id"])
