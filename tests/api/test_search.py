"""Queries in a body and of the whole server (RFC 7644 §3.4.2.1, §3.4.3)."""

from __future__ import annotations

import pytest

from scim_provisioning.protocol import urns
from tests.api.client import Directory

SEARCH = {"schemas": [urns.SEARCH_REQUEST]}


@pytest.mark.parametrize("endpoint", ["/Users", "/Groups"])
def test_a_search_answers_as_the_list_does(directory: Directory, endpoint: str) -> None:
    query = {"filter": "displayName pr", "sortBy": "displayName", "count": 2, "startIndex": 2}

    searched = directory.post(f"{endpoint}/.search", {**SEARCH, **query})

    assert searched.status == 200
    assert searched.body == directory.get(endpoint, **query).body
    assert searched.body["Resources"]


def test_a_search_shows_what_it_asks_for(directory: Directory) -> None:
    answer = directory.post(
        "/Users/.search", {**SEARCH, "attributes": ["userName", "emails.value"], "count": 1}
    )

    assert answer.body["Resources"][0].keys() == {"schemas", "id", "userName", "emails"}
    assert answer.body["Resources"][0]["emails"] == [{"value": "olivia@acme.example"}]


def test_a_search_of_the_root_finds_people_and_groups(directory: Directory) -> None:
    answer = directory.post("/.search", {**SEARCH, "filter": 'displayName co "e"'})

    kinds = [each["meta"]["resourceType"] for each in answer.body["Resources"]]
    assert answer.status == 200
    assert kinds == ["User"] * kinds.count("User") + ["Group"] * kinds.count("Group")
    assert answer.body["totalResults"] == len(kinds) == 4


def test_a_query_of_the_root_is_the_same_search(directory: Directory) -> None:
    searched = directory.post("/.search", {**SEARCH, "filter": "displayName pr"})

    assert directory.get("", filter="displayName pr").body == searched.body


def test_a_page_of_the_root_runs_from_people_into_groups(directory: Directory) -> None:
    whole = directory.get("").body
    pages = [directory.get("", startIndex=first, count=2).body for first in (1, 3, 5, 7)]

    shown = [each for page in pages for each in page["Resources"]]
    assert whole["totalResults"] == 6
    assert [page["totalResults"] for page in pages] == [6, 6, 6, 6]
    assert shown == whole["Resources"]


def test_the_type_of_a_resource_can_be_searched_by(directory: Directory) -> None:
    groups = directory.get("", filter='meta.resourceType eq "Group"').body

    assert {each["displayName"] for each in groups["Resources"]} == {"Engineering", "Support"}


def test_the_root_offers_no_cursor(directory: Directory) -> None:
    answer = directory.post("/.search", {**SEARCH, "cursor": ""})

    assert answer.status == 400
    assert "cursor" in answer.body["detail"]


@pytest.mark.parametrize(
    ("body", "scim_type", "named"),
    [
        ([], "invalidSyntax", "search request"),
        ({"filter": 5}, "invalidValue", "filter"),
        ({"filter": "x y z"}, "invalidFilter", "filter"),
        ({"filter": ""}, "invalidFilter", "filter"),
        ({"count": True}, "invalidValue", "count"),
        ({"startIndex": [1]}, "invalidValue", "startIndex"),
        ({"attributes": {"a": 1}}, "invalidValue", "attributes"),
        ({"sortOrder": "up"}, "invalidValue", "sortOrder"),
    ],
)
@pytest.mark.parametrize("endpoint", ["", "/Users", "/Groups"])
def test_a_search_that_cannot_be_read_is_refused_by_name(
    directory: Directory, endpoint: str, body: object, scim_type: str, named: str
) -> None:
    answer = directory.post(f"{endpoint}/.search", body)

    assert answer.outcome == (400, scim_type)
    assert named in answer.body["detail"]


def test_a_search_is_a_post(directory: Directory) -> None:
    assert directory.get("/.search").status == 405
    assert directory.get("/Users/.search").status == 405
