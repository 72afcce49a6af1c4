"""What a deployment does once a day: expiry notices, digests, purges.

Each part may run twice or not at all for a week: it looks at what is there. Must not know who
is told.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from scim_provisioning import conf
from scim_provisioning.correlation import correlated, new_correlation_id
from scim_provisioning.journal import COUNTED
from scim_provisioning.models import Connection, Event, FormerKey, JournalEntry, Token
from scim_provisioning.outbox.events import EventName, about_connection, about_token
from scim_provisioning.outbox.recording import record

EXPIRY_NOTICES = (1, 7, 30)
"""Days before a token ends."""
DIGEST_EVERY = timedelta(days=1)

_AT_ONCE = 1000
_FIRST_REFUSED_STATUS = 400
_RECEIPTS = (EventName.MEMBER_DEACTIVATED, EventName.MEMBER_DELETED)
"""Kept as long as the journal: a receipt is made of them (receipts.py)."""


def keep_house() -> None:
    """Do all of it."""
    with correlated(new_correlation_id()):
        announce_expiring_tokens()
        announce_refusals()
        purge_events()
        purge_journal()
        purge_former_keys()


def announce_expiring_tokens() -> int:
    """Record an event for each token that ends in 30, 7 or 1 days; returns how many."""
    now = timezone.now()
    soon = now + timedelta(days=max(EXPIRY_NOTICES))
    tokens = Token.objects.filter(
        revoked_at=None,
        expires_at__gt=now,
        expires_at__lte=soon,
        connection__enabled_at__isnull=False,
        connection__disabled_at=None,
    )
    return sum(_announce_expiry(token, now) for token in tokens.select_related("connection"))


def announce_refusals() -> int:
    """Record an event for each connection whose directory was refused something lately.

    Its payload is `{"first_entry": int, "last_entry": int}`, ids of the journal; at most one
    event a day. Returns how many.
    """
    refused = _refused_lately().values("connection")
    connections = Connection.objects.filter(enabled_at__isnull=False, disabled_at=None)
    return sum(map(_announce_refusals, connections.filter(pk__in=refused)))


def purge_events() -> int:
    """Delete what was done long ago; never what is open or parked. Returns how many."""
    now = timezone.now()
    old = now - timedelta(days=conf.value("EVENT_RETENTION_DAYS"))
    ancient = now - timedelta(days=conf.value("JOURNAL_RETENTION_DAYS"))
    is_over = Q(done_at__lt=old) & ~Q(name__in=_RECEIPTS) | Q(done_at__lt=ancient)
    return _purge(Event.objects.filter(is_over))


def purge_journal() -> int:
    """Delete journal entries past their retention; returns how many."""
    ancient = timezone.now() - timedelta(days=conf.value("JOURNAL_RETENTION_DAYS"))
    return _purge(JournalEntry.objects.filter(occurred_at__lt=ancient))


def purge_former_keys() -> int:
    """Delete the webhooks' public keys that receivers are no longer shown; returns how many."""
    return FormerKey.objects.filter(leaves_at__lte=timezone.now()).delete()[0]


@transaction.atomic
def _announce_expiry(token: Token, now: datetime) -> bool:
    left = token.expires_at - now
    days = next(days for days in EXPIRY_NOTICES if left <= timedelta(days=days))
    if token.expires_at - token.created_at <= timedelta(days=days):
        return False  # made so short-lived that it is no news
    Connection.objects.select_for_update().get(pk=token.connection_id)
    subject = about_token(token.pk)
    told = token.connection.events.filter(key=subject.key, name=EventName.TOKEN_EXPIRING)
    if told.filter(payload__days__lte=days).exists():
        return False
    record(token.connection, [EventName.TOKEN_EXPIRING], subject, more={"days": days})
    return True


@transaction.atomic
def _announce_refusals(connection: Connection) -> bool:
    connection = Connection.objects.select_for_update().get(pk=connection.pk)
    digests = connection.events.filter(name=EventName.CONNECTION_REFUSED)
    last = digests.order_by("-pk").first()
    if last is not None and last.created_at > timezone.now() - DIGEST_EVERY:
        return False
    refused = _refused_lately().filter(connection=connection)
    if last is not None:
        refused = refused.filter(pk__gt=last.payload["last_entry"])
    span = refused.aggregate(first_entry=Min("pk"), last_entry=Max("pk"))
    if span["first_entry"] is None:
        return False
    record(connection, [EventName.CONNECTION_REFUSED], about_connection(), more=span)
    return True


def _refused_lately() -> QuerySet[JournalEntry]:
    """Give the refused changes; what is only counted asked for none, or comes again."""
    since = timezone.now() - timedelta(days=conf.value("EVENT_RETENTION_DAYS"))
    refused = JournalEntry.objects.filter(status__gte=_FIRST_REFUSED_STATUS)
    return refused.filter(occurred_at__gt=since).exclude(operation__in=COUNTED)


def _purge(rows: QuerySet[Event] | QuerySet[JournalEntry]) -> int:
    """Delete in portions, so that no transaction is long."""
    purged = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]):
        rows.filter(pk__in=keys).delete()
        purged += len(keys)
    return purged
