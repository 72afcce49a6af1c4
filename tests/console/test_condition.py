"""Health: never used, healthy, silent, failing, paused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from scim_provisioning.console.health import Condition, Health, examine
from scim_provisioning.console.providers import provider
from scim_provisioning.journal import AUTHENTICATE
from scim_provisioning.models import Connection, JournalEntry
from tests.console.conftest import PAGE


def health(connection: Connection) -> Health:
    return examine(connection, timezone.now())


def used(connection: Connection, **ago: float) -> None:
    connection.tokens.update(last_used_at=timezone.now() - timedelta(**ago))


def entry(
    connection: Connection, *, status: int = 200, operation: str = "patch", **ago: float
) -> None:
    JournalEntry.objects.create(
        connection=connection,
        operation=operation,
        resource_type="User",
        status=status,
        occurred_at=timezone.now() - timedelta(**ago),
        user_agent="Okta SCIM Client 1.0.0",
    )


def test_a_new_connection_was_never_used(connection: Connection) -> None:
    assert health(connection).condition is Condition.NEVER_USED


def test_a_used_connection_is_healthy(connection: Connection) -> None:
    used(connection, hours=1)

    assert health(connection).condition is Condition.HEALTHY


@pytest.mark.parametrize(("days", "condition"), [(6.9, Condition.HEALTHY), (7.1, Condition.SILENT)])
def test_after_a_week_it_is_silent(
    days: float, condition: Condition, connection: Connection
) -> None:
    used(connection, days=days)

    assert health(connection).condition is condition


@pytest.mark.parametrize(
    ("done", "refused", "condition"),
    [
        (9, 11, Condition.REFUSED),
        (10, 10, Condition.HEALTHY),
        (0, 2, Condition.HEALTHY),
        (0, 3, Condition.REFUSED),
    ],
)
def test_most_of_the_last_twenty_refused_is_failing(
    done: int, refused: int, condition: Condition, connection: Connection
) -> None:
    for _ in range(done):
        entry(connection)
    for _ in range(refused):
        entry(connection, status=409)

    assert health(connection).condition is condition


def test_only_the_last_twenty_count(connection: Connection) -> None:
    for _ in range(30):
        entry(connection, status=409)
    for _ in range(20):
        entry(connection)

    assert health(connection).condition is Condition.HEALTHY


def test_a_rejected_credential_since_the_last_request_is_failing(connection: Connection) -> None:
    used(connection, hours=2)
    entry(connection, status=401, operation=AUTHENTICATE, hours=1)

    assert health(connection).condition is Condition.REJECTED


def test_a_rejection_before_the_last_request_is_over(connection: Connection) -> None:
    entry(connection, status=401, operation=AUTHENTICATE, hours=2)
    used(connection, hours=1)

    assert health(connection).condition is Condition.HEALTHY


def test_a_connection_that_only_saw_rejections_is_failing(connection: Connection) -> None:
    entry(connection, status=401, operation=AUTHENTICATE)

    assert health(connection).condition is Condition.REJECTED


def test_today_is_counted_and_the_provider_named(connection: Connection) -> None:
    entry(connection)
    entry(connection, status=409)
    entry(connection, days=2)

    seen = health(connection)

    assert (seen.changes_today, seen.refused_today, seen.provider) == (1, 1, "Okta")
    assert seen.requests_today >= seen.changes_today + seen.refused_today


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Okta SCIM Client 1.0.0", "Okta"),
        ("Microsoft Azure AD SCIM provisioning", "Microsoft Entra ID"),
        ("Google-Auto-Provisioning", "Google Workspace"),
        ("JumpCloud/1", "JumpCloud"),
        ("curl/8.0", "curl"),
        ("", ""),
    ],
)
def test_a_client_is_known_by_what_it_calls_itself(user_agent: str, name: str) -> None:
    assert provider(user_agent) == name


@pytest.mark.parametrize(
    ("ago", "word"),
    [({}, "Waiting for the first request"), ({"hours": 1}, "Healthy"), ({"days": 9}, "Silent")],
)
def test_the_page_says_it_in_words(
    ago: dict[str, float], word: str, owner: Client, connection: Connection
) -> None:
    if ago:
        used(connection, **ago)

    assert word in owner.get(PAGE).content.decode()
    assert word in owner.get(f"{PAGE}live/").content.decode()
