"""Paging by cursor: pages without gaps or doubles (RFC 9865 §2)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db.models import OrderBy

from scim_provisioning import cursors
from scim_provisioning.cursors import Position, Walk
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
        ordering = self.ordering(sort_by, descending=descending)
        after: Position | None = None
        pages = []
        while True:
            links = visible_users(self.connection)
            rows, after = cursors.page(links, ordering, after=after, count=count)
            pages.append([row.user_name for row in rows])
            if after is None:
                return pages

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

    def test_a_full_last_page_has_no_page_behind_it(self) -> None:
        pages = self.pages("userName", descending=False, count=3)

        assert [len(page) for page in pages] == [3, len(PEOPLE) - 3]

    def test_no_page_is_longer_than_asked(self) -> None:
        assert self.pages("title", descending=True, count=100) == [
            _joined(self.pages("title", descending=True, count=2))
        ]

    def test_a_count_of_nothing_stays_where_it_is(self) -> None:
        position = Position(sort_key=None, id=1)

        rows, after = cursors.page(
            self.connection.user_links.all(),
            self.ordering(None, descending=False),
            after=position,
            count=0,
        )

        assert (rows, after) == ([], position)

    def test_somebody_new_moves_nobody_to_another_page(self) -> None:
        ordering = self.ordering("userName", descending=False)
        links = visible_users(self.connection)
        first, after = cursors.page(links, ordering, after=None, count=1)
        provision(self.connection, USER_TYPE, {"userName": "aaa"})

        second, _ = cursors.page(links, ordering, after=after, count=1)

        assert [row.user_name for row in (*first, *second)] == [ADA, BOB]

    def test_a_page_is_one_query(self) -> None:
        ordering = self.ordering("title", descending=True)
        links = visible_users(self.connection)

        with self.assertNumQueries(1):
            cursors.page(links, ordering, after=Position(sort_key="e", id=1), count=2)


SEARCH = SearchRequest(filter='userName sw "a"', sort_by="userName", cursor="")
END = Walk(position=Position(sort_key="ada", id=7), total=9)


class TestSignatures(DirectoryTestCase):
    def encode(self, search: SearchRequest = SEARCH) -> str:
        return cursors.encode(END, search, resource_type=USER_TYPE, connection=self.connection)

    def decode(self, cursor: str, search: SearchRequest = SEARCH) -> Walk:
        return cursors.decode(cursor, search, resource_type=USER_TYPE, connection=self.connection)

    def test_a_cursor_leads_back_to_its_position(self) -> None:
        assert self.decode(self.encode()) == END

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
