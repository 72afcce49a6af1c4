"""One transaction for each thing the product does; must not know what it is.

A service that another one calls joins its transaction without a savepoint of its own: it fails
with the whole. What must survive a failure inside says so with its own `transaction.atomic`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

_is_joined: ContextVar[bool] = ContextVar("is_joined", default=False)


def service(function: Callable[P, R]) -> Callable[P, R]:
    """Run a function whole or not at all; within another service, as a part of it."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _is_joined.get():
            return function(*args, **kwargs)
        # Left before the commit: what runs after it is not a part of this any more.
        with transaction.atomic(), joined():
            return function(*args, **kwargs)

    return run


@contextmanager
def joined() -> Iterator[None]:
    """Let the services called within be parts of the caller's own transaction."""
    token = _is_joined.set(True)
    try:
        yield
    finally:
        _is_joined.reset(token)
