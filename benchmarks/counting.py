"""Count a request's SQL statements, where it asks for that; the others pay nothing.

Must not know which server it is part of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

ASK = "X-Count-Statements"
TELL = "X-Statements"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_KEY = "HTTP_" + ASK.upper().replace("-", "_")


def counting(application: Application) -> Application:
    """Wrap a WSGI application."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if _KEY in environ:
            return _counted(application, environ, start_response)
        return application(environ, start_response)

    return answer


def _counted(
    application: Application, environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    statements = 0

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*args)

    opening: list[Any] = []
    with connection.execute_wrapper(count):
        response = application(environ, lambda *args: opening.extend(args))
        body = b"".join(response)  # a streamed body asks the database while it is read
        getattr(response, "close", lambda: None)()
    status, headers, *rest = opening
    start_response(status, [*headers, (TELL, str(statements))], *rest)
    return [body]
