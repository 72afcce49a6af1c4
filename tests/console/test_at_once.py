"""Two owners, one moment: an action is done once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection as database

from scim_provisioning import connections
from scim_provisioning.console import actions
from scim_provisioning.models import Token
from tests import people

OWNERS = 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("was_enabled_before", [False, True])
def test_enabling_at_once_makes_one_token(was_enabled_before: bool) -> None:
    acme = people.acme()
    if was_enabled_before:
        connection, _text = connections.enable(acme.workspace)
        connections.disable(connection)

    outcomes = _at_once(lambda: actions.enable(acme.workspace, by=acme.olivia.user))

    assert sorted(outcomes) == ["AlreadyEnabled"] * (OWNERS - 1) + ["done"]
    assert Token.objects.filter(revoked_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_at_once_makes_one_token() -> None:
    acme = people.acme()
    connections.enable(acme.workspace)
    newest = Token.objects.get().pk

    outcomes = _at_once(
        lambda: actions.make_token(
            acme.workspace, label="", newest_token=newest, by=acme.olivia.user
        )
    )

    assert sorted(outcomes) == ["NewerToken"] * (OWNERS - 1) + ["done"]
    assert Token.objects.count() == 2


def _at_once(action: Callable[[], object]) -> list[str]:
    """Run an action in several threads; returns what came of each."""
    start = Barrier(OWNERS)

    def attempt(_number: int) -> str:
        start.wait()
        try:
            action()
        except actions.ActionRefused as refusal:
            return type(refusal).__name__
        finally:
            database.close()
        return "done"

    with ThreadPoolExecutor(OWNERS) as pool:
        return list(pool.map(attempt, range(OWNERS)))
