"""Turn everything that can go wrong below the prefix into a SCIM Error (RFC 7644 §3.12).

Must not know what raised it.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import BadRequest as DjangoBadRequest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from scim_provisioning.protocol import errors
from scim_provisioning.protocol.messages import error_document

logger = logging.getLogger("scim_provisioning")

_TRANSLATIONS: tuple[tuple[type[Exception], type[errors.ScimError]], ...] = (
    (Http404, errors.NotFound),
    (exceptions.NotFound, errors.NotFound),
    (exceptions.NotAuthenticated, errors.Unauthorized),
    (exceptions.AuthenticationFailed, errors.Unauthorized),
    (exceptions.PermissionDenied, errors.Forbidden),
    (exceptions.MethodNotAllowed, errors.MethodNotAllowed),
    (exceptions.UnsupportedMediaType, errors.UnsupportedMediaType),
    (exceptions.ParseError, errors.InvalidSyntax),
    (RequestDataTooBig, errors.PayloadTooLarge),
    (SuspiciousOperation, errors.BadRequest),
    (DjangoBadRequest, errors.BadRequest),
    # A lie would be worse: 401 makes an administrator change the token, 404 makes the directory
    # forget a person, an empty list makes it create everybody again.
    (OperationalError, errors.Unavailable),
    (InterfaceError, errors.Unavailable),
)


def translate(problem: Exception) -> errors.ScimError:
    """Find the SCIM error that a problem means, and log it if it is ours to mend."""
    error = as_scim_error(problem)
    if isinstance(error, errors.InternalError | errors.Unavailable):
        logger.error("SCIM request failed: %s", type(problem).__name__, exc_info=problem)
    return error


def as_scim_error(problem: Exception) -> errors.ScimError:
    """Find the SCIM error that a problem means; an unforeseen one says nothing of itself."""
    if isinstance(problem, errors.ScimError):
        return problem
    for known, meant in _TRANSLATIONS:
        if isinstance(problem, known):
            return meant()
    return errors.InternalError()


def handle_exception(problem: Exception, context: dict[str, Any]) -> Response:
    """Render any exception as a SCIM Error."""
    error = translate(problem)
    response = Response(
        error_document(error.status, error.detail, error.scim_type), status=error.status
    )
    response.exception = True
    if isinstance(error, errors.Unauthorized):
        response["WWW-Authenticate"] = 'Bearer realm="SCIM", error="invalid_token"'
    if error.retry_after is not None:
        response["Retry-After"] = str(error.retry_after)
    if isinstance(problem, exceptions.MethodNotAllowed) and context.get("view"):
        response["Allow"] = ", ".join(context["view"].allowed_methods)
    return response
