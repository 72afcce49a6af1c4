"""Requests beyond the rate limit, as an owner sees them: counted, and no refused change."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from scim_provisioning.console.health import Condition
from scim_provisioning.journal import LIMIT
from scim_provisioning.models import JournalEntry
from scim_provisioning.outbox.housekeeping import announce_refusals
from tests.console.conftest import PAGE
from tests.console.directory import Directory


@pytest.fixture
def flooding(directory: Directory, settings: Settings) -> Directory:
    """One request was let in, three were not."""
    settings.SCIM_PROVISIONING = {
        **settings.SCIM_PROVISIONING,
        "RATE_LIMIT_PER_SECOND": 0.001,
        "RATE_LIMIT_BURST": 1,
    }
    for _ in range(4):
        directory.send("GET", "/Users")
    return directory


@pytest.mark.usefixtures("flooding")
def test_the_activity_counts_them_and_says_why(owner: Client) -> None:
    text = owner.get(PAGE).content.decode()

    assert "Too many requests × 3" in text
    assert "(429)" in text
    assert "The directory sent more than the limit allows" in text


@pytest.mark.usefixtures("flooding")
def test_it_says_so_in_german(owner: Client, settings: Settings) -> None:
    settings.LANGUAGE_CODE = "de"

    text = owner.get(PAGE).content.decode()

    assert "Zu viele Anfragen × 3" in text
    assert "mehr gesendet, als die Begrenzung zulässt" in text


@pytest.mark.usefixtures("flooding")
def test_they_are_refused_and_no_rejected_credentials(owner: Client) -> None:
    def found(query: str) -> list[str]:
        deeds = owner.get(f"{PAGE}activity/?{query}").context["page"].deeds
        return [deed.what for deed in deeds]

    assert found("outcome=refused") == ["Too many requests"]
    assert found("kind=credentials") == []


def test_the_connection_stays_healthy_and_nobody_is_sent_a_mail(
    owner: Client, flooding: Directory
) -> None:
    for minute in range(3):
        JournalEntry.objects.create(
            connection=flooding.connection, operation=LIMIT, status=429, tally_key=f"m{minute}"
        )

    assert owner.get(PAGE).context["overview"].health.condition is Condition.HEALTHY
    assert announce_refusals() == 0
