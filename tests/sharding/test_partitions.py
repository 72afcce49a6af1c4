"""The journal in a partition for each month, as docs/scale.md has it: the app works unchanged."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from scim_provisioning.journal import AUTHENTICATE
from scim_provisioning.models import JournalEntry
from scim_provisioning.outbox.housekeeping import purge_journal
from scim_provisioning.rejections import write_noted
from tests import people
from tests.api.client import Directory, operation
from tests.workspace.browsing import signed_in

pytestmark = [
    pytest.mark.usefixtures("partitioned"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="alters PostgreSQL's tables"),
]

STATEMENTS = Path(__file__).parents[2] / "docs" / "partition-journal.sql"
OLD = timedelta(days=1000)


@pytest.fixture
def partitioned(directory: Directory) -> None:
    """Lay the journal out for one test: PostgreSQL takes its schema back, too."""
    directory.create_user("early@acme.example")
    with connection.cursor() as cursor:
        # What a transaction has left to check keeps a table from being altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(STATEMENTS.read_text().replace("%", "%%"))
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_what_was_there_is_there_and_what_comes_follows_it(directory: Directory) -> None:
    before = JournalEntry.objects.latest("pk")

    user = directory.create_user("zoe@acme.example")
    directory.patch(f"/Users/{user['id']}", operation("replace", "title", "Captain"))

    newer = JournalEntry.objects.filter(pk__gt=before.pk).order_by("pk")
    assert [entry.operation for entry in newer] == ["create", "patch"]


def test_an_owner_reads_on_across_partitions(directory: Directory, acme: people.Acme) -> None:
    directory.create_user("zoe@acme.example")

    shown = signed_in(acme.olivia).get("/workspaces/acme/settings/scim/activity/")

    assert "zoe@acme.example" in shown.text
    assert "early@acme.example" in shown.text


def test_what_is_rejected_in_a_minute_is_counted_in_one_row(directory: Directory) -> None:
    stranger = Directory(connection=directory.connection, token="none")

    for _ in range(3):
        stranger.get("/Users")
    write_noted()
    stranger.get("/Users")
    write_noted()

    counted = JournalEntry.objects.filter(operation=AUTHENTICATE)
    assert sum(entry.count for entry in counted) == 4
    assert len(counted) <= 2  # the minute may have turned


def test_housekeeping_still_deletes_what_is_old(directory: Directory) -> None:
    directory.create_user("zoe@acme.example")
    kept = JournalEntry.objects.latest("pk")
    old = JournalEntry.objects.exclude(pk=kept.pk)
    count = old.update(occurred_at=timezone.now() - OLD)

    assert purge_journal() == count
    assert list(JournalEntry.objects.all()) == [kept]
