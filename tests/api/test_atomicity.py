"""A write is done whole or not at all, and nobody ever sees half of it (RFC 7644 §3.5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from django.db import OperationalError, connection

from scim_provisioning.models import JournalEntry
from tests.api.client import NOBODY, Directory, operation
from tests.api.snapshot import snapshot

DONE = operation("replace", "displayName", "Changed")
REFUSED = [
    operation("replace", "id", "x"),
    operation("replace", "shoeSize", 43),
    operation("remove"),
    operation("add", "members", [{"value": NOBODY}]),
]
"""Refused wherever they stand; the last word on a name counts, so that one has to come last."""
REFUSED_LAST = [
    operation("replace", "displayName", "Engineering"),
    operation("replace", "displayName", ""),
]


@pytest.fixture
def support(directory: Directory) -> str:
    return f"/Groups/{directory.group_id('Support')}"


@pytest.mark.parametrize(
    "operations",
    [[each, DONE] for each in REFUSED] + [[DONE, each] for each in (*REFUSED, *REFUSED_LAST)],
)
def test_a_patch_with_a_refused_operation_does_nothing(
    directory: Directory, support: str, operations: list[dict[str, object]]
) -> None:
    before = snapshot()

    answer = directory.patch(support, *operations)

    assert answer.status in {400, 409}
    assert snapshot() == before


def test_a_put_with_an_unknown_member_does_nothing(directory: Directory, support: str) -> None:
    before = snapshot()

    answer = directory.put(support, {"displayName": "Changed", "members": [{"value": NOBODY}]})

    assert answer.outcome == (400, "invalidValue")
    assert snapshot() == before


def test_a_creation_with_an_unknown_member_makes_no_group(directory: Directory) -> None:
    before = snapshot()

    answer = directory.post("/Groups", {"displayName": "Pilots", "members": [{"value": NOBODY}]})

    assert answer.outcome == (400, "invalidValue")
    assert snapshot() == before


def test_a_refusal_of_the_product_undoes_the_profile_as_well(directory: Directory) -> None:
    olivia = directory.user_id("olivia@acme.example")
    before = snapshot()

    answer = directory.patch(
        f"/Users/{olivia}",
        operation("replace", "displayName", "Changed"),
        operation("replace", "active", False),
    )

    assert answer.status == 403
    assert snapshot() == before


@pytest.mark.parametrize("table", ["workspace_", "scim_provisioning_"])
@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_failure_at_any_write_leaves_nothing_behind(
    directory: Directory, verb: str, table: str
) -> None:
    path = "/Users" if verb == "POST" else f"/Users/{directory.user_id('ben@acme.example')}"
    body = {"userName": "zoe@acme.example", "Operations": [operation("add", "active", False)]}
    before, journal = snapshot(), JournalEntry.objects.count()
    failures = 0

    for number in range(1, 40):
        with failing_at(number, table) as failed:
            status = directory.send(verb, path, body).status
        if not failed:
            break
        failures += 1
        assert status == 503
        assert snapshot() == before
        assert JournalEntry.objects.count() == journal

    assert failures > 0


@contextmanager
def failing_at(number: int, table: str) -> Iterator[list[str]]:
    """Let the nth write to the product's or the app's tables fail; gives what has failed."""
    writes, failed = count(1), list[str]()

    def execute(call: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        is_write = sql.startswith(("INSERT", "UPDATE", "DELETE")) and f'"{table}' in sql
        if is_write and next(writes) == number:
            failed.append(sql)
            raise OperationalError("the connection was lost")
        return call(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield failed
