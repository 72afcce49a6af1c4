"""One transaction a request, tried again when the database asks for it.

Must not know what runs inside.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, transaction

from scim_provisioning.protocol.errors import Uniqueness

P = ParamSpec("P")
R = TypeVar("R")

_ATTEMPTS = 3
_TRY_AGAIN = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL: serialization failure, deadlock, lock not available."""


def in_one_transaction(operation: Callable[P, R]) -> Callable[P, R]:
    """Run an operation whole or not at all.

    A unique rule that another request has used first answers 409: the checks before it name the
    attribute, this is for the race between them and the write.
    """

    @wraps(operation)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with transaction.atomic():
                    return operation(*args, **kwargs)
            except IntegrityError as problem:
                raise Uniqueness(
                    "Another resource of this workspace has just taken one of these values: "
                    "userName, externalId, displayName or an e-mail address."
                ) from problem
            except OperationalError as problem:
                if attempt == _ATTEMPTS or _state(problem) not in _TRY_AGAIN:
                    raise
        raise AssertionError("unreachable")

    return run


def _state(problem: OperationalError) -> str | None:
    return getattr(problem.__cause__, "sqlstate", None)
