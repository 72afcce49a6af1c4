"""Paging by cursor: pages without gaps or doubles (RFC 9865 §2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db.models import OrderBy

from scim_provisioning import cursors
from scim_provisioning.cursors import Page, Position, Walk
from scim_provisioning.lookups import user_ordering
from scim_provisioning.models import visible_users
from scim_provisioning.protocol.errors import ExpiredCursor, InvalidCursor
from scim_provisioning.protocol.messages import SearchRequest, SortOrder
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE
from tests.app.directory import (
    ADA,
    BOB,
    PEOPLE,
    DirectoryTestCase,
    connected,
    provision,
    sort_target,
)
from tests.people import globex

SORTS = (None, "userName", "title", "emails", "active", "meta.created")


class TestPages(DirectoryTestCase):
    def pages(self, sort_by: str | None, *, descending: bool, count: int) -> list[list[str]]:
        """Walk through a list by nothing but what the last page gave."""
        walked = self.walk(sort_by, descending=descending, count=count)
        return [_names(page) for page in walked]

    def walk(self, sort_by: str | None, *, descending: bool, count: int) -> list[Page]:
        pages = [self.page(sort_by, None, descending=descending, count=count)]
        while (end := pages[-1].end) is not None:
            pages.append(self.page(sort_by, on_from(end), descending=descending, count=count))
        return pages

    def walk_back(
        self, sort_by: str | None, last: Page, *, descending: bool, count: int
    ) -> list[Page]:
        """Walk from the last page to the first; returns them in the order of the list."""
        pages = [last]
        while (start := pages[0].start) is not None:
            page = self.page(sort_by, back_from(start), descending=descending, count=count)
            pages.insert(0, page)
        return pages

    def page(self, sort_by: str | None, walk: Walk | None, *, descending: bool, count: int) -> Page:
        ordering = self.ordering(sort_by, descending=descending)
        return cursors.page(visible_users(self.connection), ordering, walk=walk, count=count)

    def ordering(self, sort_by: str | None, *, descending: bool) -> list[OrderBy]:
        return user_ordering(
            sort_target(sort_by) if sort_by else None,
            descending=descending,
            connection=self.connection,
        )

    def test_pages_put_together_are_the_list(self) -> None:
        for sort_by in SORTS:
            for descending in (False, True):
                whole = self.connection.user_links.order_by(
                    *self.ordering(sort_by, descending=descending)
                )

                pages = self.pages(sort_by, descending=descending, count=1)

                assert _joined(pages) == [link.user_name for link in whole], sort_by

    def test_a_walk_forth_and_back_meets_the_same_pages(self) -> None:
        for sort_by in SORTS:
            for descending in (False, True):
                for count in (1, 2, 3):
                    forth = self.walk(sort_by, descending=descending, count=count)
                    back = self.walk_back(sort_by, forth[-1], descending=descending, count=count)

                    assert back == forth, (sort_by, descending, count)

    def test_the_first_page_leads_nowhere_back(self) -> None:
        first = self.page("title", None, descending=True, count=1)

        assert first.start is None

    def test_who_came_before_the_first_page_meanwhile_is_met_on_the_way_back(self) -> None:
        first = self.page("userName", None, descending=False, count=2)
        assert first.end is not None
        second = self.page("userName", on_from(first.end), descending=False, count=2)
        provision(self.connection, USER_TYPE, {"userName": "aaa"})

        back = self.walk_back("userName", second, descending=False, count=2)

        assert _names(back[0]) == ["aaa"]
        assert _names(back[1]) == _names(first)

    def test_an_empty_page_leads_back_to_where_it_was_asked_from(self) -> None:
        for descending in (False, True):
            for sort_by in SORTS:
                last = self.walk(sort_by, descending=descending, count=2)[-1].links
                edge = cursors._position(last[-1])
                beyond = self.page(sort_by, on_from(edge), descending=descending, count=1)
                assert beyond.start is not None and beyond.end is None

                back = self.page(sort_by, back_from(beyond.start), descending=descending, count=1)

                assert (beyond.links, back.links) == ([], [last[-1]]), sort_by

    def test_one_before_the_first_leads_on_to_it(self) -> None:
        [first] = self.page("title", None, descending=True, count=1).links
        edge = cursors._position(first)
        before = self.page("title", back_from(edge), descending=True, count=1)
        assert before.end is not None and before.start is None

        again = self.page("title", on_from(before.end), descending=True, count=1)

        assert (before.links, again.links) == ([], [first])

    def test_a_full_last_page_has_no_page_behind_it(self) -> None:
        pages = self.pages("userName", descending=False, count=3)

        assert [len(page) for page in pages] == [3, len(PEOPLE) - 3]

    def test_no_page_is_longer_than_asked(self) -> None:
        assert self.pages("title", descending=True, count=100) == [
            _joined(self.pages("title", descending=True, count=2))
        ]

    def test_a_count_of_nothing_stays_where_it_is(self) -> None:
        position = Position(sort_key=None, id=1)

        on = self.page(None, on_from(position), descending=False, count=0)
        back = self.page(None, back_from(position), descending=False, count=0)

        assert (on.links, on.end) == ([], position)
        assert (back.links, back.start) == ([], position)

    def test_somebody_new_moves_nobody_to_another_page(self) -> None:
        first = self.page("userName", None, descending=False, count=1)
        provision(self.connection, USER_TYPE, {"userName": "aaa"})
        assert first.end is not None

        second = self.page("userName", on_from(first.end), descending=False, count=1)

        assert [*_names(first), *_names(second)] == [ADA, BOB]

    def test_a_page_is_one_query(self) -> None:
        for walk in (
            on_from(Position(sort_key="e", id=1)),
            back_from(Position(sort_key="e", id=1)),
        ):
            with self.assertNumQueries(1):
                self.page("title", walk, descending=True, count=2)


def on_from(position: Position) -> Walk:
    return Walk(position=position, total=0)


def back_from(position: Position) -> Walk:
    return Walk(position=position, total=0, backwards=True)


SEARCH = SearchRequest(filter='userName sw "a"', sort_by="userName", cursor="")
END = Walk(position=Position(sort_key="ada", id=7), total=9)


class TestSignatures(DirectoryTestCase):
    def encode(self, search: SearchRequest = SEARCH) -> str:
        return cursors.encode(END, search, resource_type=USER_TYPE, connection=self.connection)

    def decode(self, cursor: str, search: SearchRequest = SEARCH) -> Walk:
        return cursors.decode(cursor, search, resource_type=USER_TYPE, connection=self.connection)

    def test_a_cursor_leads_back_to_its_position(self) -> None:
        assert self.decode(self.encode()) == END

    def test_a_cursor_knows_its_direction(self) -> None:
        back = replace(END, backwards=True)
        cursor = cursors.encode(back, SEARCH, resource_type=USER_TYPE, connection=self.connection)

        assert self.decode(cursor) == back

    def test_the_size_of_a_page_may_change_on_the_way(self) -> None:
        search = SearchRequest(
            filter=SEARCH.filter, sort_by=SEARCH.sort_by, cursor=self.encode(), count=3
        )

        assert self.decode(self.encode(), search) == END

    def test_a_cursor_is_good_for_its_own_query_alone(self) -> None:
        others = (
            SearchRequest(sort_by="userName"),
            SearchRequest(filter='userName sw "b"', sort_by="userName"),
            SearchRequest(filter=SEARCH.filter, sort_by="title"),
            SearchRequest(
                filter=SEARCH.filter, sort_by="userName", sort_order=SortOrder.DESCENDING
            ),
        )
        for other in others:
            with pytest.raises(InvalidCursor):
                self.decode(self.encode(), other)

    def test_a_cursor_is_good_for_its_own_resource_type_alone(self) -> None:
        with pytest.raises(InvalidCursor):
            cursors.decode(
                self.encode(), SEARCH, resource_type=GROUP_TYPE, connection=self.connection
            )

    def test_a_cursor_is_good_for_its_own_connection_alone(self) -> None:
        carols = connected(globex().workspace)

        with pytest.raises(InvalidCursor):
            cursors.decode(self.encode(), SEARCH, resource_type=USER_TYPE, connection=carols)

    def test_a_changed_cursor_is_refused(self) -> None:
        cursor = self.encode()
        for position in range(0, len(cursor), 7):
            changed = "A" if cursor[position] != "A" else "B"
            with pytest.raises(InvalidCursor):
                self.decode(cursor[:position] + changed + cursor[position + 1 :])

    def test_a_text_that_is_no_cursor_is_refused(self) -> None:
        for text in ("x", ":", "::", ".a:b:c", "é", "\ud800", "1" * 10_000):
            with pytest.raises(InvalidCursor):
                self.decode(text)

    def test_an_old_cursor_has_expired(self) -> None:
        """RFC 9865 §2.1: expiredCursor."""
        cursor = self.encode()
        later = datetime.now(UTC) + timedelta(seconds=3_601)

        with patch("time.time", return_value=later.timestamp()), pytest.raises(ExpiredCursor):
            self.decode(cursor)


def _joined(pages: list[list[str]]) -> list[str]:
    return [name for page in pages for name in page]


def _names(page: Page) -> list[str]:
    return [link.user_name for link in page.links]
