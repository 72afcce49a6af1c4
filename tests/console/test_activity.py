"""The whole activity: filters, pages, files."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from scim_provisioning.console.exports import COLUMNS, defused
from scim_provisioning.models import Connection, JournalEntry
from tests.console.conftest import PAGE
from tests.console.directory import Directory

ACTIVITY = f"{PAGE}activity/"


@pytest.fixture
def busy(directory: Directory) -> Directory:
    """Zoe was added, deactivated and added again in vain; a wrong token came."""
    zoe = directory.add("zoe@acme.example", displayName="Zoe")
    directory.patch(f"/Users/{zoe}", {"op": "replace", "value": {"active": False}})
    directory.send("POST", "/Users", {"userName": "zoe@acme.example"})
    directory.send("POST", "/Groups", {"displayName": "Pilots"})
    directory.send("GET", "/Users", token="x")
    return directory


def lines(client: Client, query: str = "") -> list[tuple[str, str]]:
    deeds = client.get(f"{ACTIVITY}{query}").context["page"].deeds
    return [(deed.what, deed.outcome) for deed in deeds]


@pytest.mark.usefixtures("busy")
def test_everything_is_listed_newest_first(owner: Client) -> None:
    assert lines(owner) == [
        ("Sign in", "refused"),
        ("Add group", "done"),
        ("Add person", "refused"),
        ("Update person", "done"),
        ("Add person", "done"),
    ]


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?outcome=refused", 2),
        ("?outcome=done", 3),
        ("?kind=groups", 1),
        ("?kind=people", 3),
        ("?kind=credentials", 1),
        ("?text=ZOE", 2),
        ("?text=pilot", 1),
        ("?text=nobody", 0),
        ("?kind=people&outcome=refused", 1),
        ("?outcome=sideways", 5),
        ("?before=abc", 5),
    ],
)
def test_a_filter_leaves_what_it_names(query: str, count: int, owner: Client) -> None:
    assert len(lines(owner, query)) == count


@pytest.mark.usefixtures("busy")
def test_status_is_told_before_and_after(owner: Client) -> None:
    text = owner.get(ACTIVITY).content.decode()

    assert "status: active → inactive" in text
    assert "status: active, role: member" in text


def test_a_refused_creation_names_the_attribute_and_no_value(
    owner: Client, busy: Directory
) -> None:
    (deed,) = owner.get(f"{ACTIVITY}?kind=people&outcome=refused").context["page"].deeds

    assert deed.whom == ""
    assert deed.reason.startswith("userName:")
    assert "zoe" not in deed.reason


def test_each_line_names_the_provider_and_the_correlation_id(
    owner: Client, directory: Directory
) -> None:
    answer = directory.send("POST", "/Users", {"userName": "zoe"})

    (deed,) = owner.get(ACTIVITY).context["page"].deeds

    assert deed.provider == "Okta"
    assert deed.correlation_id == answer["X-Correlation-Id"]
    assert deed.address == "127.0.0.1"


@pytest.mark.parametrize(
    ("method", "path", "what"),
    [
        ("GET", "/Users?filter=x", "Read people"),
        ("POST", "/Groups/.search", "Read groups"),
        ("POST", "/.search", "Read"),
        ("POST", "/Bulk", "Bulk request"),
        ("PUT", "/Users/x", "Update person"),
        ("DELETE", "/Groups/x", "Remove group"),
    ],
)
def test_a_refused_request_is_called_what_it_was(
    method: str, path: str, what: str, owner: Client, directory: Directory
) -> None:
    answer = directory.send(method, path, {"filter": "x"})

    assert answer.status_code >= 400
    assert lines(owner) == [(what, "refused")]


def test_older_lines_are_a_page_away(owner: Client, connection: Connection) -> None:
    for number in range(120):
        _entry(connection, f"Line {number}.")

    seen, address = [], ACTIVITY
    while address:
        page = owner.get(address).context["page"]
        seen += [deed.reason for deed in page.deeds]
        address = f"{ACTIVITY}?before={page.older}" if page.older else ""

    assert seen == [f"Line {number}." for number in range(119, -1, -1)]


def test_a_page_costs_the_same_for_any_number_of_lines(
    owner: Client, connection: Connection, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(60):
        _entry(connection, "x")

    with django_assert_num_queries(9):
        owner.get(ACTIVITY)


@pytest.mark.usefixtures("busy")
def test_csv_has_a_row_for_each_line(owner: Client) -> None:
    answer = owner.get(f"{PAGE}activity.csv?outcome=refused")

    head, *rows = csv.reader(StringIO(_sent(answer)))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="scim-activity.csv"'
    assert tuple(head) == COLUMNS
    assert len(rows) == 1


@pytest.mark.usefixtures("busy")
def test_json_is_one_array(owner: Client) -> None:
    answer = owner.get(f"{PAGE}activity.json")

    told = json.loads(_sent(answer))
    assert {each["what"] for each in told} >= {"Add person", "Add group"}
    assert tuple(told[0]) == COLUMNS


def test_a_long_journal_is_exported_whole(owner: Client, connection: Connection) -> None:
    for number in range(1001):
        _entry(connection, f"{number}")

    told = json.loads(_sent(owner.get(f"{PAGE}activity.json")))

    assert [each["reason"] for each in told] == [f"{number}" for number in range(1000, -1, -1)]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


def test_a_persons_name_in_a_file_is_no_formula(owner: Client, directory: Directory) -> None:
    directory.add("=cmd|' /C calc'!A0")

    rows = _sent(owner.get(f"{PAGE}activity.csv"))

    assert "'=cmd" in rows
    assert ",=cmd" not in rows


def test_how_long_it_is_kept_is_said(owner: Client, connection: Connection) -> None:
    assert "kept for 400 days" in owner.get(ACTIVITY).content.decode()


def test_before_anything_was_enabled_there_is_no_activity(owner: Client) -> None:
    assert owner.get(ACTIVITY)["Location"] == PAGE
    assert owner.get(f"{PAGE}activity.csv").status_code == 404


def _sent(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def _entry(connection: Connection, reason: str) -> None:
    JournalEntry.objects.create(
        connection=connection, operation="post", resource_type="User", status=409, notes=[reason]
    )
