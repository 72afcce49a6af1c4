"""Which handlers there are for which event.

Must not know how they are run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scim_provisioning.models import Connection, Event
from scim_provisioning.outbox.events import EventName

Handler = Callable[[Event], None]
Condition = Callable[[Connection], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    handler: Handler
    only_for: Condition | None


_handlers: dict[str, dict[str, Registered]] = defaultdict(dict)


def handles(
    *names: EventName, label: str = "", only_for: Condition | None = None
) -> Callable[[Handler], Handler]:
    """Register a function for events of these names; to be imported in `AppConfig.ready`.

    The function is called after the commit, outside of any transaction, at least once for each
    event: again after a crash, a failure, or a lease that ran out. So it must be idempotent. Let
    it make the world equal to the row as it is *now*, and not carry out what the event says.

    Events of one key come to one handler in order; one that fails is tried again with growing
    pauses and parked after 20 attempts, which holds up neither other handlers nor other keys.
    Raise `Outage` when what it needs is down: that never counts as an attempt.

    `label` (default: module and name) is what is stored of it; keep it when the function moves.
    `only_for` leaves out the events of connections it denies; asked in the event's transaction,
    so it must cost nothing.
    """

    def register(handler: Handler) -> Handler:
        known_as = label or f"{handler.__module__}.{handler.__qualname__}"
        for name in names:
            _handlers[name][known_as] = Registered(handler=handler, only_for=only_for)
        return handler

    return register


def handlers_of(name: str, connection: Connection) -> Mapping[str, Handler]:
    """Give the handlers of a connection's event, by label, in the order they were registered."""
    return {
        label: each.handler
        for label, each in _handlers.get(name, {}).items()
        if each.only_for is None or each.only_for(connection)
    }


def find_handler(name: str, label: str) -> Handler | None:
    """Find a handler that was given an event once, whatever its condition says now."""
    registered = _handlers.get(name, {}).get(label)
    return registered.handler if registered else None
