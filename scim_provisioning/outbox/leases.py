"""Who delivers an event: a compare-and-set lease, alike on SQLite and PostgreSQL.

Must not know what is done under it. The end of a lease is its token: a later holder's is later.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from scim_provisioning import conf
from scim_provisioning.models import Event
from scim_provisioning.models.outbox import due_events

_FRESH = timedelta(seconds=1)


def claim(event_id: int) -> Event | None:
    """Take an event that is due and that nobody is delivering; None if there is no such."""
    now = timezone.now()
    until = _end(now)
    if not due_events(now).filter(pk=event_id).update(lease_until=until):
        return None
    event = Event.objects.select_related("connection__webhook").get(pk=event_id)
    return event if event.lease_until == until else None


def renew(event: Event) -> bool:
    """Hold an event for one more handler; false if somebody else has it by now.

    Costs no statement while the lease is as good as new.
    """
    until = _end(timezone.now())
    if event.lease_until and until - event.lease_until < _FRESH:
        return True
    if not release(event, lease_until=until):
        return False
    event.lease_until = until
    return True


def release(event: Event, **columns: datetime | None) -> bool:
    """Write to an event that is still ours, and let it go; false if it is not."""
    ours = Event.objects.filter(pk=event.pk, lease_until=event.lease_until)
    return bool(ours.update(**{"lease_until": None, **columns}))


def _end(now: datetime) -> datetime:
    return now + timedelta(seconds=conf.value("HANDLER_SECONDS"))
