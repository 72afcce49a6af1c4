"""Make sure that it is the owner who sits there: the password, again, within ten minutes.

Must not know what is to be done afterwards.
"""

from __future__ import annotations

import time

from django.contrib.auth import logout
from django.http import HttpRequest

from scim_provisioning.adapters import registry

SECONDS = 600
ATTEMPTS = 5

_CONFIRMED_AT = "scim_confirmed_at"
_FAILURES = "scim_confirmation_failures"


def is_recent(request: HttpRequest) -> bool:
    """Tell whether this session has given its password lately."""
    confirmed_at = request.session.get(_CONFIRMED_AT)
    return isinstance(confirmed_at, int) and 0 <= time.time() - confirmed_at < SECONDS


def confirm(request: HttpRequest, password: str) -> bool:
    """Check a password and remember that it was right.

    After five wrong ones the session ends: whoever found an open browser may not guess on.
    """
    if registry.workspace_adapter().reauthenticate(request, password):
        request.session[_CONFIRMED_AT] = int(time.time())
        request.session.pop(_FAILURES, None)
        return True
    failures = request.session.get(_FAILURES, 0) + 1
    request.session[_FAILURES] = failures
    if failures >= ATTEMPTS:
        logout(request)
    return False
