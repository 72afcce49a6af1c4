"""Lists by startIndex and count: lenient, stable, with the right total (RFC 7644 §3.4.2)."""

from __future__ import annotations

import pytest

from scim_provisioning.protocol import urns
from tests.api.client import Answer, Configure, Directory

PEOPLE = ["Zoe", "anna", "Bob", "élodie", "carl"]


@pytest.fixture
def crew(directory: Directory) -> list[str]:
    """Create five people beside the four who were there before; return all names by age."""
    for name in PEOPLE:
        directory.create_user(name, title=f"{name}'s title")
    return names(directory.get("/Users"))


def names(answer: Answer) -> list[str]:
    return [each["userName"] for each in answer.body["Resources"]]


def test_a_list_says_what_it_holds(directory: Directory, crew: list[str]) -> None:
    answer = directory.get("/Users", count=2, startIndex=3)

    assert answer.status == 200
    assert answer.body["schemas"] == [urns.LIST_RESPONSE]
    assert answer.body["totalResults"] == 9
    assert answer.body["itemsPerPage"] == 2
    assert answer.body["startIndex"] == 3
    assert names(answer) == crew[2:4]


@pytest.mark.parametrize(
    ("query", "first", "shown"),
    [
        ({}, 1, 9),
        ({"startIndex": 0}, 1, 9),
        ({"startIndex": -5, "count": 3}, 1, 3),
        ({"count": 0}, 1, 0),
        ({"count": -1}, 1, 0),
        ({"count": 10**30}, 1, 9),
        ({"startIndex": 10**30}, 10**12, 0),
        ({"startIndex": 9, "count": 5}, 9, 1),
        ({"startIndex": 10}, 10, 0),
        ({"startIndex": "", "count": ""}, 1, 9),
    ],
)
def test_odd_numbers_are_brought_within_bounds(
    directory: Directory, crew: list[str], query: dict[str, object], first: int, shown: int
) -> None:
    """RFC 7644 §3.4.2.4: below 1 a startIndex is 1, below 0 a count is 0."""
    answer = directory.get("/Users", **query)

    assert answer.status == 200
    assert answer.body["totalResults"] == 9
    assert answer.body["startIndex"] == first
    assert answer.body["itemsPerPage"] == len(names(answer)) == shown


@pytest.mark.parametrize("name", ["startIndex", "count"])
@pytest.mark.parametrize("value", ["x", "1.5", "1e3", "٣", "0x10", "NaN", "1;2"])
def test_what_is_no_number_is_refused_by_name(directory: Directory, name: str, value: str) -> None:
    answer = directory.get("/Users", **{name: value})

    assert answer.outcome == (400, "invalidValue")
    assert name in answer.body["detail"]


def test_pages_put_together_are_the_list(directory: Directory, crew: list[str]) -> None:
    pages = [names(directory.get("/Users", startIndex=i, count=2)) for i in range(1, 11, 2)]

    assert [name for page in pages for name in page] == crew


def test_a_count_is_at_most_what_is_announced(directory: Directory, configure: Configure) -> None:
    configure(MAX_PAGE_SIZE=2)

    answer = directory.get("/Users", count=50)
    config = directory.get("/ServiceProviderConfig").body

    assert answer.body["itemsPerPage"] == 2
    assert answer.body["totalResults"] == 4
    assert config["filter"]["maxResults"] == config["pagination"]["maxPageSize"] == 2


def test_the_order_of_a_list_is_that_of_age(directory: Directory, crew: list[str]) -> None:
    assert crew[-5:] == PEOPLE


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ({"sortBy": "userName"}, ["anna", "Bob", "carl", "Zoe", "élodie"]),
        (
            {"sortBy": "USERNAME", "sortOrder": "Descending"},
            ["élodie", "Zoe", "carl", "Bob", "anna"],
        ),
        ({"sortBy": "title"}, ["anna", "Bob", "carl", "Zoe", "élodie"]),
        ({"sortBy": "meta.created"}, PEOPLE),
        ({"sortBy": "shoeSize"}, PEOPLE),
        ({"sortOrder": "descending"}, PEOPLE),
    ],
)
def test_a_list_is_sorted_as_asked(
    directory: Directory, crew: list[str], query: dict[str, str], order: list[str]
) -> None:
    """RFC 7644 §3.4.2.3: ascending if nothing else is said, in any case unless caseExact."""
    answer = directory.get("/Users", filter="title pr", **query)

    assert names(answer) == order


@pytest.mark.parametrize("query", [{"sortOrder": "sideways"}, {"sortBy": "name["}])
def test_a_sort_that_cannot_be_read_is_refused_by_name(
    directory: Directory, query: dict[str, str]
) -> None:
    answer = directory.get("/Users", **query)

    assert answer.outcome == (400, "invalidValue")
    assert next(iter(query)) in answer.body["detail"]


def test_nobody_found_is_an_empty_list(directory: Directory) -> None:
    answer = directory.get("/Users", filter='userName eq "nobody"')

    assert answer.status == 200
    assert answer.body == {
        "schemas": [urns.LIST_RESPONSE],
        "totalResults": 0,
        "itemsPerPage": 0,
        "startIndex": 1,
        "Resources": [],
    }


def test_a_filter_narrows_the_total(directory: Directory, crew: list[str]) -> None:
    answer = directory.get("/Users", filter="title pr", count=2)

    assert answer.body["totalResults"] == 5
    assert names(answer) == PEOPLE[:2]


@pytest.mark.parametrize(
    ("filter", "named"),
    [
        ("", "filter"),
        ("userName", "filter"),
        ("userName eq", "filter"),
        ('userName eq "zoe', "filter"),
        ('userName is "zoe"', "filter"),
        ("active gt true", "active"),
        ('meta.created gt "yesterday"', "meta.created"),
        ('name eq "zoe"', "name"),
    ],
)
def test_a_filter_that_cannot_be_read_is_refused_by_name(
    directory: Directory, filter: str, named: str
) -> None:
    """RFC 7644 §3.4.2.2."""
    answer = directory.get("/Users", filter=filter)

    assert answer.outcome == (400, "invalidFilter")
    assert named in answer.body["detail"]


@pytest.mark.parametrize("filter", ['shoeSize eq "43"', "not (shoeSize pr)", 'password sw "a"'])
def test_an_unknown_attribute_finds_nobody(directory: Directory, filter: str) -> None:
    assert directory.find("/Users", filter) == []


def test_a_filter_larger_than_any_is_refused(directory: Directory) -> None:
    terms = " or ".join(f'userName eq "{number}"' for number in range(101))

    assert directory.get("/Users", filter=terms).outcome == (400, "tooMany")
    assert directory.get("/Users", filter=f'userName eq "{"x" * 9000}"').outcome == (400, "tooMany")
    assert directory.get("/Users", filter="(" * 600).outcome == (400, "invalidFilter")


def test_groups_are_listed_and_found(directory: Directory) -> None:
    ben = directory.user_id("ben@acme.example")
    listed = directory.get("/Groups", sortBy="displayName")

    assert [each["displayName"] for each in listed.body["Resources"]] == ["Engineering", "Support"]
    assert all(
        ben in {one["value"] for one in each["members"]} for each in listed.body["Resources"]
    )
    assert len(directory.find("/Groups", f'members eq "{ben}"')) == 2
    assert len(directory.find("/Groups", f'members[value eq "{ben}"] and displayName sw "s"')) == 1
