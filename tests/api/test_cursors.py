"""Lists by cursor (RFC 9865)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.client import Directory, operation, statements
from tests.people import hired
from workspace.models import Workspace


@pytest.fixture
def crew(directory: Directory) -> set[str]:
    """Create seven people beside the four who were there before; return all names."""
    created = {directory.create_user(f"person-{number}")["userName"] for number in range(7)}
    return created | {f"{name}@acme.example" for name in ("olivia", "adam", "mia", "ben")}


def first_cursor(directory: Directory, **query: object) -> str:
    cursor = directory.get("/Users", cursor="", count=2, **query).body["nextCursor"]
    return str(cursor)


@pytest.mark.parametrize("sort", [{}, {"sortBy": "userName"}, {"sortBy": "title"}])
def test_a_walk_meets_everybody_once(
    directory: Directory, crew: set[str], sort: dict[str, str]
) -> None:
    """RFC 9865 §2: the last page has no nextCursor."""
    met: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = directory.get("/Users", cursor=cursor, count=3, **sort).body
        met += [each["userName"] for each in page["Resources"]]
        assert page["totalResults"] == len(crew)
        assert page["itemsPerPage"] == len(page["Resources"])
        cursor = page.get("nextCursor")

    assert len(met) == len(crew)
    assert set(met) == crew


@pytest.mark.parametrize("order", ["ascending", "descending"])
@pytest.mark.parametrize("sort", [{}, {"sortBy": "userName"}, {"sortBy": "title"}])
def test_a_walk_forth_and_back_meets_the_same_pages(
    directory: Directory, crew: set[str], sort: dict[str, str], order: str
) -> None:
    """RFC 9865 §2: the first page has no previousCursor. Some have a title, most have none."""
    for number, title in enumerate(("Carpenter", "Joiner", "Joiner")):
        person = directory.user_id(f"person-{number}")
        directory.patch(f"/Users/{person}", operation("add", "title", title))

    def page(cursor: str) -> dict[str, Any]:
        answer = directory.get("/Users", cursor=cursor, count=3, sortOrder=order, **sort)
        body: dict[str, Any] = answer.body
        return body

    forth = [page("")]
    while "nextCursor" in forth[-1]:
        forth.append(page(forth[-1]["nextCursor"]))
    back = [forth[-1]]
    while "previousCursor" in back[0]:
        back.insert(0, page(back[0]["previousCursor"]))
    again = page(back[0]["nextCursor"])

    assert [len(each["Resources"]) for each in forth] == [3, 3, 3, 2]
    assert [each["Resources"] for each in back] == [each["Resources"] for each in forth]
    assert {each["totalResults"] for each in back} == {len(crew)}
    assert again["Resources"] == forth[1]["Resources"]


def test_a_walk_counts_everybody_once(directory: Directory, crew: set[str]) -> None:
    first = directory.get("/Users", cursor="", count=2)
    with CaptureQueriesContext(connection) as queries:
        second = directory.get("/Users", cursor=first.body["nextCursor"], count=2)

    assert second.body["totalResults"] == first.body["totalResults"] == len(crew)
    assert not [each for each in queries.captured_queries if "COUNT(" in each["sql"]]


def test_a_page_back_takes_as_many_statements_as_a_page_on(
    directory: Directory, crew: set[str]
) -> None:
    first = directory.get("/Users", cursor="", count=2, sortBy="title").body
    with statements() as on:
        second = directory.get("/Users", cursor=first["nextCursor"], count=2, sortBy="title").body
    with statements() as back:
        again = directory.get(
            "/Users", cursor=second["previousCursor"], count=2, sortBy="title"
        ).body

    assert again["Resources"] == first["Resources"]
    assert len(on) == len(back)


def test_a_page_by_cursor_has_no_start_index(directory: Directory) -> None:
    """RFC 9865 §2: startIndex belongs to the other way of paging."""
    assert "startIndex" not in directory.get("/Users", cursor="").body


def test_who_was_deleted_meanwhile_moves_nobody(directory: Directory, crew: set[str]) -> None:
    first = directory.get("/Users", cursor="", count=3, sortBy="userName").body
    directory.delete(f"/Users/{first['Resources'][2]['id']}")

    second = directory.get("/Users", cursor=first["nextCursor"], count=3, sortBy="userName").body

    assert second["Resources"][0]["userName"] == sorted(crew)[3]


def test_groups_are_walked_as_well(directory: Directory) -> None:
    first = directory.get("/Groups", cursor="", count=1).body
    second = directory.get("/Groups", cursor=first["nextCursor"], count=1).body

    assert "nextCursor" not in second
    assert "previousCursor" not in first
    assert {each["displayName"] for page in (first, second) for each in page["Resources"]} == {
        "Engineering",
        "Support",
    }


@pytest.mark.parametrize(
    "other",
    [{}, {"filter": "userName pr"}, {"sortBy": "userName"}, {"sortOrder": "descending"}],
)
def test_a_cursor_is_good_for_its_own_query_alone(
    directory: Directory, crew: set[str], other: dict[str, str]
) -> None:
    cursor = first_cursor(directory, filter="active eq true", sortBy="title")

    answer = directory.get("/Users", cursor=cursor, **other)

    assert answer.outcome == (400, "invalidCursor")


def test_a_cursor_is_good_for_its_own_workspace_alone(
    directory: Directory, globex_directory: Directory, crew: set[str]
) -> None:
    workspace = Workspace.objects.get(slug="globex")
    for name in ("Gus", "Gina", "Guy"):
        hired(workspace, f"{name} Globex")

    answer = globex_directory.get("/Users", cursor=first_cursor(directory))

    assert answer.outcome == (400, "invalidCursor")


@pytest.mark.parametrize("cursor", ["x", "1", ":::", "é", "\x00", "W10:1:x", "a" * 5_000])
def test_a_cursor_that_nobody_gave_is_refused(directory: Directory, cursor: str) -> None:
    """RFC 9865 §2.1."""
    assert directory.get("/Users", cursor=cursor).outcome[0] == 400


def test_a_changed_cursor_is_refused(directory: Directory, crew: set[str]) -> None:
    cursor = first_cursor(directory)

    assert directory.get("/Users", cursor=f"{cursor}x").outcome == (400, "invalidCursor")
    assert directory.get("/Users", cursor=f"x{cursor}").outcome == (400, "invalidCursor")
    assert directory.get("/Groups", cursor=cursor).outcome == (400, "invalidCursor")


def test_an_old_cursor_has_expired(directory: Directory, crew: set[str]) -> None:
    """RFC 9865 §2.1: after the announced `cursorTimeout`."""
    timeout = directory.get("/ServiceProviderConfig").body["pagination"]["cursorTimeout"]
    cursor = first_cursor(directory)
    later = datetime.now(UTC) + timedelta(seconds=timeout + 1)

    with patch("time.time", return_value=later.timestamp()):
        answer = directory.get("/Users", cursor=cursor)

    assert answer.outcome == (400, "expiredCursor")


def test_a_count_that_is_no_number_is_refused(directory: Directory) -> None:
    """RFC 9865 §2.1."""
    answer = directory.get("/Users", cursor="", count="x")

    assert answer.outcome == (400, "invalidCount")
    assert "count" in answer.body["detail"]


def test_a_cursor_in_a_search_is_the_same(directory: Directory, crew: set[str]) -> None:
    first = directory.post("/Users/.search", {"cursor": "", "count": 2}).body
    second = directory.post("/Users/.search", {"cursor": first["nextCursor"], "count": 2}).body

    assert first["Resources"][0]["id"] not in {each["id"] for each in second["Resources"]}
    assert len(second["Resources"]) == 2
