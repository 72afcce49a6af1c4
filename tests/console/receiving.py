"""A receiver on this machine, which is no place for a webhook of a deployment.

Must not know what is sent there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import override_settings


@contextmanager
def inside(**otherwise: bool) -> Iterator[None]:
    """Let webhooks go to this machine, without TLS, but for what is set otherwise."""
    allowed = {"WEBHOOK_HTTP": True, "WEBHOOK_PRIVATE_ADDRESSES": True, **otherwise}
    with override_settings(SCIM_PROVISIONING={**settings.SCIM_PROVISIONING, **allowed}):
        yield
