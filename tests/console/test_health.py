"""What the page tells of a directory at work: counts, last request, activity."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from scim_provisioning.console.activity import Outcome
from scim_provisioning.journal import Call, record_change, record_refusal
from scim_provisioning.models import Connection, JournalEntry
from scim_provisioning.protocol.errors import Uniqueness
from scim_provisioning.protocol.urns import ENTERPRISE_USER
from tests import people
from tests.console.conftest import PAGE

# Session, account, workspace, membership, connection, live tokens, ended tokens; health: last
# requests, last use, last rejection, today, managed people, managed groups; activity, names of
# people, names of groups; the product's frame.
QUERIES = 17


@pytest.fixture
def call(connection: Connection) -> Call:
    return Call(connection=connection, token=None, correlation_id="0" * 32)


def test_a_new_connection_was_never_used(owner: Client, connection: Connection) -> None:
    text = owner.get(PAGE).content.decode()

    assert "Never used" in text
    assert "Nothing yet." in text


def test_the_last_request_is_the_last_use_of_any_token(
    owner: Client, connection: Connection
) -> None:
    connection.tokens.update(last_used_at=timezone.now() - timedelta(hours=3))

    assert "3\xa0hours ago" in owner.get(PAGE).content.decode()


def test_only_managed_people_and_groups_are_counted(
    owner: Client, connection: Connection, acme: people.Acme
) -> None:
    connection.user_links.filter(member=acme.ben).update(managed_since=timezone.now())

    health = owner.get(PAGE).context["overview"].health

    assert (health.people, health.groups) == (1, 0)


def test_a_change_is_listed_with_the_persons_name(
    owner: Client, call: Call, acme: people.Acme
) -> None:
    link = call.connection.user_links.get(member=acme.ben)
    record_change(
        call,
        operation="patch",
        resource_type="User",
        scim_id=link.scim_id,
        status=200,
        changed={"active", ENTERPRISE_USER, f"{ENTERPRISE_USER}:manager"},
    )

    (deed,) = owner.get(PAGE).context["overview"].activity

    assert (deed.what, deed.whom, deed.outcome, deed.changed) == (
        "Update person",
        "ben@acme.example",
        Outcome.DONE,
        "active, enterprise, manager",
    )


def test_a_group_whose_link_is_gone_is_listed_by_its_id(
    owner: Client, call: Call, acme: people.Acme
) -> None:
    link = call.connection.group_links.get(group=acme.support)
    record_change(call, operation="delete", resource_type="Group", scim_id=link.scim_id, status=204)
    link.delete()

    (deed,) = owner.get(PAGE).context["overview"].activity

    assert (deed.what, deed.whom) == ("Remove group", f"{str(link.scim_id)[:8]}…")


def test_a_refusal_is_listed_with_its_reason(owner: Client, call: Call) -> None:
    record_refusal(call, Uniqueness("userName: taken."), operation="post", resource_type="User")

    text = owner.get(PAGE).content.decode()

    assert "Add person" in text
    assert "Refused" in text
    assert "(409 uniqueness)" in text
    assert "userName: taken." in text


def test_the_newest_twenty_lines_are_shown_newest_first(owner: Client, call: Call) -> None:
    for number in range(25):
        _refuse(call, f"Line {number}.")

    reasons = [deed.reason for deed in owner.get(PAGE).context["overview"].activity]

    assert reasons == [f"Line {number}." for number in range(24, 4, -1)]


def test_markup_in_the_journal_is_shown_as_text(owner: Client, call: Call) -> None:
    _refuse(call, "<script>alert(1)</script>")

    assert "<script>alert(1)" not in owner.get(PAGE).content.decode()


def test_another_workspaces_activity_is_not_shown(
    owner: Client, connection: Connection, globex: people.Globex
) -> None:
    foreign = Connection.objects.create(workspace=globex.workspace)
    _refuse(Call(connection=foreign, token=None, correlation_id="0" * 32), "Globex alone.")

    assert "Globex alone." not in owner.get(PAGE).content.decode()


@pytest.mark.parametrize("lines", [1, 20])
def test_queries_do_not_depend_on_the_number_of_lines(
    lines: int,
    owner: Client,
    call: Call,
    acme: people.Acme,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    link = call.connection.user_links.get(member=acme.ben)
    for _ in range(lines):
        record_change(
            call, operation="patch", resource_type="User", scim_id=link.scim_id, status=200
        )

    with django_assert_num_queries(QUERIES):
        owner.get(PAGE)

    assert JournalEntry.objects.count() == lines


def _refuse(call: Call, reason: str) -> None:
    record_refusal(call, Uniqueness(reason), operation="post", resource_type="User")
