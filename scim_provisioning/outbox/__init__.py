"""What must follow a change: recorded in its transaction, delivered after it, at least once.

Must not know what any handler does. A host needs `handles`, `EventName`, `Outage` and the signals.
"""

from __future__ import annotations

from scim_provisioning.outbox.events import EventName
from scim_provisioning.outbox.outages import Outage
from scim_provisioning.outbox.registry import handles
from scim_provisioning.outbox.signals import event_delivered, event_recorded

__all__ = ["EventName", "Outage", "event_delivered", "event_recorded", "handles"]
