"""The database itself keeps what hangs together within one workspace."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, transaction
from django.db import connection as database
from django.db.models import Model
from pytest_django import Settings

from scim_provisioning.models import (
    Connection,
    Delivery,
    Event,
    GroupLink,
    JournalEntry,
    Token,
    UserLink,
    UserValue,
    WebhookAttempt,
)
from scim_provisioning.models.boundaries import SameWorkspace
from tests import people
from tests.app.directory import connected
from workspace.models import Group, Member


def delivery(connection: Connection) -> Delivery:
    event = Event.objects.create(connection=connection, name="user.created", key="user:1")
    return Delivery.objects.create(connection=connection, event=event, handler="mail")


def attempt(connection: Connection) -> WebhookAttempt:
    event = Event.objects.create(connection=connection, name="user.created", key="user:1")
    return WebhookAttempt.objects.create(connection=connection, event=event, status=200)


def entry(connection: Connection) -> JournalEntry:
    token = Token.objects.create(
        connection=connection, key_id="abcdefgh", expires_at=connection.created_at
    )
    return JournalEntry.objects.create(connection=connection, token=token, status=200)


def person(connection: Connection) -> UserLink:
    member = Member.objects.filter(workspace=connection.workspace)[0]
    return UserLink.objects.create(connection=connection, member=member)


def group(connection: Connection) -> GroupLink:
    group = Group.objects.filter(workspace=connection.workspace)[0]
    return GroupLink.objects.create(connection=connection, group=group)


def value(connection: Connection) -> UserValue:
    return UserValue.objects.create(
        connection=connection, link=person(connection), attribute="emails"
    )


@pytest.fixture
def acme(db: None) -> Connection:
    return connected(people.acme().workspace)


@pytest.fixture
def globex(db: None) -> Connection:
    return connected(people.globex().workspace)


class TestForeignKeys:
    @pytest.mark.parametrize("make", [delivery, attempt, entry, value, person, group])
    def test_no_row_leaves_the_workspace_of_what_it_refers_to(
        self, acme: Connection, globex: Connection, make: Callable[[Connection], Model]
    ) -> None:
        row = make(acme)
        database.check_constraints()

        with pytest.raises(IntegrityError):
            _move(row, globex)

    def test_what_is_referred_to_takes_the_rest_along(self, acme: Connection) -> None:
        delivery(acme).event.delete()

        database.check_constraints()
        assert not Delivery.objects.exists()

    def test_what_is_only_mentioned_is_forgotten(self, acme: Connection) -> None:
        mentioning = entry(acme)

        Token.objects.all().delete()

        database.check_constraints()
        mentioning.refresh_from_db()
        assert mentioning.token_id is None


class TestTheConstraint:
    def test_two_are_equal_when_they_say_the_same(self) -> None:
        constraint = SameWorkspace(field="member", name="of_host", theirs="club")

        assert constraint.clone() == constraint
        assert SameWorkspace(field="member", name="of_host") != constraint


class TestTheHostsField:
    def test_one_that_is_in_no_unique_key_is_complained_about(self, settings: Settings) -> None:
        settings.SCIM_PROVISIONING = {**settings.SCIM_PROVISIONING, "WORKSPACE_FIELD": "name"}

        found = [each.msg for each in run_checks() if each.id == "scim_provisioning.E008"]

        assert len(found) == 2
        assert "workspace.Member has no UniqueConstraint" in found[0]
        assert "workspace.Group has no UniqueConstraint" in found[1]

    def test_one_that_is_in_a_unique_key_is_fine(self) -> None:
        assert "scim_provisioning.E008" not in {each.id for each in run_checks()}


def _move(row: Model, connection: Connection) -> None:
    """Change a row's workspace, as it would stand at the end of a transaction."""
    with transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).update(connection=connection)
        database.check_constraints()
