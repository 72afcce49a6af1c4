"""Errors, lists and searches have the shapes of RFC 7644."""

from __future__ import annotations

from typing import Any

import pytest

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.errors import InvalidSyntax, InvalidValue
from scim_provisioning.protocol.messages import (
    SearchRequest,
    SortOrder,
    error_document,
    list_response,
    parse_search_request,
    search_from_query,
)


class TestError:
    def test_the_status_is_text(self) -> None:
        """RFC 7644 §3.12."""
        assert error_document(409, "Taken.", "uniqueness") == {
            "schemas": [urns.ERROR],
            "status": "409",
            "scimType": "uniqueness",
            "detail": "Taken.",
        }

    def test_without_a_kind_there_is_no_scim_type(self) -> None:
        assert "scimType" not in error_document(404, "Not here.")


class TestListResponse:
    def test_a_page_counts_its_resources(self) -> None:
        """RFC 7644 §3.4.2."""
        assert list_response([{"id": "1"}, {"id": "2"}], 7, 3) == {
            "schemas": [urns.LIST_RESPONSE],
            "totalResults": 7,
            "itemsPerPage": 2,
            "startIndex": 3,
            "Resources": [{"id": "1"}, {"id": "2"}],
        }

    def test_an_empty_page_still_has_resources(self) -> None:
        assert list_response([], 0, 1)["Resources"] == []

    def test_a_page_by_cursor_names_its_neighbours(self) -> None:
        """RFC 9865 §2."""
        page = list_response([], 7, next_cursor="n", previous_cursor="p")

        assert page["nextCursor"] == "n"
        assert page["previousCursor"] == "p"
        assert "startIndex" not in page

    def test_the_last_page_has_no_next_cursor(self) -> None:
        assert "nextCursor" not in list_response([], 7)


class TestSearchFromQuery:
    def test_nothing_asked_for_is_the_default(self) -> None:
        assert search_from_query({}) == SearchRequest()

    def test_parameters_are_named_in_any_case(self) -> None:
        search = search_from_query(
            {
                "Filter": 'userName eq "ben"',
                "STARTINDEX": "1",
                "count": "100",
                "Attributes": "userName, name.givenName",
                "excludedattributes": "members",
                "sortBy": "userName",
                "sortOrder": "Descending",
                "cursor": "c",
            }
        )

        assert search == SearchRequest(
            attributes=("userName", "name.givenName"),
            excluded_attributes=("members",),
            filter='userName eq "ben"',
            sort_by="userName",
            sort_order=SortOrder.DESCENDING,
            start_index="1",
            count="100",
            cursor="c",
        )

    def test_other_parameters_are_ignored(self) -> None:
        assert search_from_query({"aadOptscim062020": ""}) == SearchRequest()

    def test_an_empty_filter_stays_one(self) -> None:
        """Else a client's mistake would list everybody."""
        assert search_from_query({"filter": ""}).filter == ""

    def test_a_bare_cursor_begins_paging_by_cursor(self) -> None:
        """RFC 9865 §2."""
        assert search_from_query({"cursor": ""}).cursor == ""

    @pytest.mark.parametrize("name", ["filter", "sortBy", "cursor"])
    def test_characters_that_no_database_takes_are_refused(self, name: str) -> None:
        with pytest.raises(InvalidValue, match=f"{name} holds a character"):
            search_from_query({name: "a\x00b"})

    def test_an_unknown_order_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match="sortOrder must be ascending or descending"):
            search_from_query({"sortOrder": "up"})


class TestSearchRequest:
    def test_a_body_is_read(self) -> None:
        """RFC 7644 §3.4.3."""
        search = parse_search_request(
            {
                "schemas": [urns.SEARCH_REQUEST],
                "attributes": ["displayName", " userName"],
                "excludedAttributes": "emails,meta",
                "filter": 'displayName sw "smith"',
                "startIndex": 1,
                "COUNT": 10,
            }
        )

        assert search == SearchRequest(
            attributes=("displayName", "userName"),
            excluded_attributes=("emails", "meta"),
            filter='displayName sw "smith"',
            start_index=1,
            count=10,
        )

    def test_nulls_are_not_there(self) -> None:
        names = ("attributes", "filter", "sortBy", "sortOrder", "startIndex", "count", "cursor")

        assert parse_search_request(dict.fromkeys(names)) == SearchRequest()

    @pytest.mark.parametrize("payload", [None, [], "x"])
    def test_a_body_that_is_no_object_is_refused(self, payload: object) -> None:
        with pytest.raises(InvalidSyntax, match="must be a JSON object"):
            parse_search_request(payload)

    def test_a_parameter_named_twice_is_refused(self) -> None:
        with pytest.raises(InvalidSyntax, match="twice"):
            parse_search_request({"filter": "a pr", "Filter": "b pr"})

    @pytest.mark.parametrize(
        "payload",
        [
            {"filter": 7},
            {"attributes": [7]},
            {"attributes": {"a": 1}},
            {"sortBy": ["userName"]},
            {"sortOrder": 1},
            {"startIndex": 1.5},
            {"count": True},
            {"cursor": 7},
        ],
    )
    def test_a_wrong_type_is_refused_by_name(self, payload: dict[str, Any]) -> None:
        with pytest.raises(InvalidValue, match=f"^{next(iter(payload))} must be"):
            parse_search_request(payload)
