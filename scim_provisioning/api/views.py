"""What every endpoint shares: who may call, how bodies are read, how failures are told.

Must not know an endpoint.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, cast

from django.db import transaction
from django.utils.decorators import method_decorator
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from scim_provisioning.api.authentication import BearerAuthentication
from scim_provisioning.api.content import AlwaysScim, PlainJsonParser, ScimParser, ScimRenderer
from scim_provisioning.api.exception_handler import as_scim_error, handle_exception
from scim_provisioning.journal import Call, new_correlation_id, record_refusal
from scim_provisioning.models import Token
from scim_provisioning.protocol import errors
from scim_provisioning.protocol.schemas import ResourceType

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class AnyDirectory(BasePermission):
    """Whoever has a connection's token may use all of that connection."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, Token)


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class ScimView(APIView):
    """What every endpoint shares; a host's own REST framework settings don't reach it."""

    authentication_classes = (BearerAuthentication,)
    permission_classes = (AnyDirectory,)
    parser_classes = (ScimParser, PlainJsonParser)
    renderer_classes = (ScimRenderer,)
    content_negotiation_class = AlwaysScim
    throttle_classes = ()
    resource_type: ClassVar[ResourceType | None] = None

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        self.correlation_id = new_correlation_id()
        return super().initialize_request(request, *args, **kwargs)

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
        return Call(connection=token.connection, token=token, correlation_id=self.correlation_id)

    def _record_refusal(self, exc: Exception) -> None:
        """Tell the owner's journal of a write that came to nothing, if it is known whose it was."""
        error = as_scim_error(exc)
        token = getattr(self.request, "_auth", None)
        if self.request.method not in WRITES or not isinstance(token, Token):
            return
        if isinstance(error, errors.Unavailable):
            return
        record_refusal(
            self.call,
            error,
            operation=self.request.method.lower(),
            resource_type=self.resource_type.name if self.resource_type else "",
            scim_id=self.kwargs.get("scim_id", ""),
        )
