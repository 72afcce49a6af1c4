"""What all endpoints share: the session's owner and nobody else, JSON in and out.

Must not know an endpoint.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

from django.forms import Form
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotAuthenticated, ParseError, PermissionDenied
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from scim_provisioning import connections
from scim_provisioning.console import access
from scim_provisioning.console.actions import ActionRefused
from scim_provisioning.console.forms import ConfirmedForm
from scim_provisioning.correlation import correlated, new_correlation_id
from scim_provisioning.models import Connection

UNPROCESSABLE = 422

AnyForm = TypeVar("AnyForm", bound=Form)


class Invalid(Exception):
    """A body or a query that does not fit; says for each field why."""

    def __init__(self, form: Form) -> None:
        super().__init__("invalid")
        self.errors = {
            name: [str(sentence) for sentence in sentences]
            for name, sentences in form.errors.items()
        }


class Endpoint(APIView):
    """Lets in whom the pages let in; a host's own REST framework settings don't reach it."""

    authentication_classes = (SessionAuthentication,)  # it also asks for the CSRF token
    permission_classes = ()
    parser_classes = (JSONParser,)
    renderer_classes = (JSONRenderer,)
    throttle_classes = ()
    http_method_names = ("get", "head", "options", "post")
    workspace: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # What a decision records and what follows from it have one id.
        with correlated(new_correlation_id()):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        try:
            self.workspace = access.enter(request.user, kwargs["workspace"])
        except access.SignedOut as problem:
            raise NotAuthenticated from problem
        except access.NotAllowed as problem:
            raise PermissionDenied(str(problem)) from problem

    def get_exception_handler(self) -> Callable[..., Response | None]:
        return _handle

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def connection(self) -> Connection:
        """Give the workspace's connection; raises Http404 if it never had one."""
        connection = connections.find_connection(self.workspace)
        if connection is None:
            raise Http404
        return connection

    def body(self, form_class: type[AnyForm], **kwargs: Any) -> AnyForm:
        """Read the body as a form. Raises Invalid, ParseError."""
        data = self.request.data
        if not isinstance(data, dict) or not _is_text(data):
            raise ParseError("The body is not a JSON object.")
        if issubclass(form_class, ConfirmedForm):
            kwargs["request"] = self.request._request
        form = form_class(data, **kwargs)
        if not form.is_valid():
            raise Invalid(form)
        return form

    def query(self, form_class: type[AnyForm]) -> AnyForm:
        """Read the query as a form. Raises Invalid."""
        form = form_class(self.request.query_params)
        if not form.is_valid():
            raise Invalid(form)
        return form


def answer(record: Any, *, status: int = 200) -> Response:
    """Answer with a dataclass."""
    return Response(asdict(record), status=status)


def done() -> Response:
    return Response(status=204)


def _handle(problem: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(problem, ActionRefused):
        return Response({"detail": str(problem.sentence)}, status=problem.status)
    if isinstance(problem, Invalid):
        return Response({"errors": problem.errors}, status=UNPROCESSABLE)
    return exception_handler(problem, context)


def _is_text(data: object) -> bool:
    """Refuse half a surrogate pair, which JSON can spell and no database stores."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
