"""What went wrong elsewhere when a directory listed people; field complaints 61 to 65."""

from __future__ import annotations

import pytest

from tests import people
from tests.api.client import Directory
from tests.api.crowds import employed


def names(directory: Directory, **query: object) -> list[str]:
    return [each["userName"] for each in directory.get("/Users", **query).body["Resources"]]


def test_the_filter_of_microsoft_s_own_page_is_refused(directory: Directory) -> None:
    """61: The vendor's page showed a filter that the grammar does not know; it found everybody."""
    broken = directory.get("/Users", filter='emails[type eq "work"] eq "ben@acme.example"')
    meant = directory.find("/Users", 'emails[type eq "work" and value eq "ben@acme.example"]')

    assert broken.outcome == (400, "invalidFilter")
    assert [each["userName"] for each in meant] == ["ben@acme.example"]


@pytest.mark.parametrize(("query", "shown"), [({}, 4), ({"count": 3}, 3), ({"startIndex": 4}, 1)])
def test_items_per_page_is_what_the_page_holds(
    directory: Directory, query: dict[str, int], shown: int
) -> None:
    """62: It repeated the count that was asked for, and Okta's reviewers refused the listing."""
    body = directory.get("/Users", **query).body

    assert body["itemsPerPage"] == len(body["Resources"]) == shown


def test_a_long_list_is_not_cut_in_silence(directory: Directory, acme: people.Acme) -> None:
    """63: The list ended at a hundred and said that a hundred were all."""
    employed(acme, 120)

    first = directory.get("/Users").body
    rest = directory.get("/Users", startIndex=101).body

    assert (first["totalResults"], first["itemsPerPage"]) == (124, 100)
    assert (rest["totalResults"], rest["itemsPerPage"]) == (124, 24)


def test_pages_neither_overlap_nor_leave_gaps(directory: Directory, acme: people.Acme) -> None:
    """64: Pages overlapped, and totals were wrong beside a filter."""
    employed(acme, 23)
    query = {"filter": "active eq true", "sortBy": "name.familyName"}

    pages = [names(directory, startIndex=first, count=7, **query) for first in (1, 8, 15, 22)]

    met = [name for page in pages for name in page]
    assert met == names(directory, **query)
    assert len(met) == len(set(met)) == 27
    assert directory.get("/Users", count=1, **query).body["totalResults"] == 27


def test_a_start_index_counts_from_one(directory: Directory) -> None:
    """65: startIndex 0, 1 and 2 all gave the same page."""
    everybody = names(directory)

    assert names(directory, startIndex=0, count=2) == everybody[:2]
    assert names(directory, startIndex=1, count=2) == everybody[:2]
    assert names(directory, startIndex=2, count=2) == everybody[1:3]
