"""Django signals of the outbox, for those who prefer them to handlers.

Must not promise what handlers promise: a signal is sent once, and not again after a failure.
"""

from __future__ import annotations

from django.dispatch import Signal

event_recorded = Signal()
"""Keyword argument `event`. Sent inside the transaction: a receiver that raises undoes it."""

event_delivered = Signal()
"""Keyword argument `event`. Sent when every handler is done; what a receiver raises is logged."""
