"""What every endpoint shares: who may call, how bodies are read, how failures are told.

Must not know an endpoint.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, NoReturn, cast
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.decorators import method_decorator
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from scim_provisioning import rejections
from scim_provisioning.api.authentication import BearerAuthentication, client_of
from scim_provisioning.api.content import AlwaysScim, PlainJsonParser, ScimParser, ScimRenderer
from scim_provisioning.api.exception_handler import as_scim_error, handle_exception
from scim_provisioning.api.throttling import ConnectionThrottle, refusal
from scim_provisioning.correlation import correlated, new_correlation_id
from scim_provisioning.credentials import COSTS_NO_QUERY, Reason
from scim_provisioning.journal import AUTHENTICATE, LIMIT, Call, record_refusal
from scim_provisioning.models import Token
from scim_provisioning.protocol import errors
from scim_provisioning.protocol.keys import as_uuid
from scim_provisioning.protocol.schemas import ResourceType
from scim_provisioning.rejections import Rejection

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
ANSWERS_TO_A_LOOK = (errors.NotFound, errors.NotImplementedHere)
"""To a directory that looks whether something is here these are answers, not refusals."""


class AnyDirectory(BasePermission):
    """Whoever has a connection's token may use all of that connection."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, Token)


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class ScimView(APIView):
    """What every endpoint shares; a host's own REST framework settings don't reach it."""

    authentication_classes: tuple[type[BearerAuthentication], ...] = (BearerAuthentication,)
    permission_classes: tuple[type[BasePermission], ...] = (AnyDirectory,)
    parser_classes = (ScimParser, PlainJsonParser)
    renderer_classes = (ScimRenderer,)
    content_negotiation_class = AlwaysScim
    throttle_classes: tuple[type[ConnectionThrottle], ...] = (ConnectionThrottle,)
    http_method_names = ("get", "head", "post", "put", "patch", "delete")
    resource_type: ClassVar[ResourceType | None] = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.correlation_id = new_correlation_id()
        self.received_at = timezone.now()
        with correlated(self.correlation_id, caller_id=_caller_id(request)):
            return super().dispatch(request, *args, **kwargs)

    def throttled(self, request: Request, wait: float) -> NoReturn:
        raise refusal(wait)

    def get_exception_handler(self) -> Callable[..., Response]:
        return handle_exception

    def handle_exception(self, exc: Exception) -> Response:
        self._record_refusal(exc)
        return super().handle_exception(exc)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["X-Correlation-Id"] = self.correlation_id
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "no-store"
        return response

    @property
    def call(self) -> Call:
        token = cast(Token, self.request.auth)
        return Call(
            connection=token.connection,
            token=token,
            correlation_id=self.correlation_id,
            received_at=self.received_at,
            client=client_of(self.request),
        )

    def _record_refusal(self, exc: Exception) -> None:
        """Tell the owner's journal what was refused, if it is known whose journal that is."""
        error = as_scim_error(exc)
        if isinstance(error, errors.Unavailable):
            return
        if not isinstance(getattr(self.request, "_auth", None), Token):
            self._count_rejection(error)
            return
        if isinstance(error, errors.TooManyRequests):
            self._count_limited(error)
            return
        if self.request.method not in WRITES and isinstance(error, ANSWERS_TO_A_LOOK):
            return
        record_refusal(
            self.call,
            error,
            operation=self._operation(),
            resource_type=self.resource_type.name if self.resource_type else "",
            scim_id=self.kwargs.get("scim_id", ""),
        )

    def _operation(self) -> str:
        """Name what was refused: a search is a POST and changes nothing (RFC 7644 §3.4.3)."""
        is_search = self.request.path.rstrip("/").endswith("/.search")
        return "search" if is_search else str(self.request.method).lower()

    def _count_rejection(self, error: errors.ScimError) -> None:
        public_id = as_uuid(self.kwargs.get("connection", ""))
        reason = getattr(error, "reason", Reason.MISSING)
        if public_id is not None:
            count = rejections.note if reason in COSTS_NO_QUERY else rejections.write
            count(self._rejection(error, public_id, reason))

    def _count_limited(self, error: errors.TooManyRequests) -> None:
        """Count, for a row each would let a flood fill the journal."""
        public_id = self.call.connection.public_id
        rejection = self._rejection(error, public_id, "tooManyRequests", operation=LIMIT)
        rejections.note_and_store(rejection)

    def _rejection(
        self, error: errors.ScimError, public_id: UUID, reason: str, operation: str = AUTHENTICATE
    ) -> Rejection:
        return Rejection(
            public_id=public_id,
            operation=operation,
            reason=reason,
            status=error.status,
            detail=error.detail,
            at=self.received_at,
            correlation_id=self.correlation_id,
            client=client_of(self.request),
        )


def _caller_id(request: HttpRequest) -> str:
    """Give what the caller, or a proxy in front of us, calls the request."""
    headers = request.headers
    return headers.get("X-Request-Id") or headers.get("X-Correlation-Id", "")
