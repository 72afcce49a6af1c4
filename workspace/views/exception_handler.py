"""Product errors as JSON answers; must not let anything else out than their sentence."""

from __future__ import annotations

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler

from workspace.errors import AccessError, Conflict, InvalidValue, WorkspaceError

STATUS: dict[type[WorkspaceError], int] = {AccessError: 403, InvalidValue: 400, Conflict: 409}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer `{"detail": sentence}`; leave what is no product error to the framework."""
    for family, status in STATUS.items():
        if isinstance(error, family):
            return Response({"detail": str(error)}, status=status)
    return exception_handler(error, context)
