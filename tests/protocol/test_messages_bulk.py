"""A bulk request is read whole before any of it is done (RFC 7644 §3.7)."""

from __future__ import annotations

from typing import Any

import pytest

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.errors import InvalidSyntax, InvalidValue, TooManyOperations
from scim_provisioning.protocol.messages import (
    BulkMethod,
    BulkOperation,
    BulkRequest,
    BulkResult,
    bulk_response,
    error_document,
    parse_bulk_request,
)


def parse(*operations: Any, **fields: Any) -> BulkRequest:
    payload = {"schemas": [urns.BULK_REQUEST], "Operations": list(operations), **fields}
    return parse_bulk_request(payload, max_operations=3)


def test_operations_are_read_in_their_order() -> None:
    request = parse(
        {"method": "post", "path": "/Users", "bulkId": "x", "data": {"userName": "ben"}},
        {"method": "PATCH", "path": "/Groups/bulkId:y", "data": {"Operations": []}},
        {"Method": "DELETE", "path": "Users/7/", "version": 'W/"3"'},
        failOnErrors=1,
    )

    assert request == BulkRequest(
        operations=(
            BulkOperation(
                method=BulkMethod.POST, endpoint="/Users", bulk_id="x", data={"userName": "ben"}
            ),
            BulkOperation(
                method=BulkMethod.PATCH,
                endpoint="/Groups",
                resource_id="bulkId:y",
                data={"Operations": []},
            ),
            BulkOperation(
                method=BulkMethod.DELETE, endpoint="/Users", resource_id="7", version='W/"3"'
            ),
        ),
        fail_on_errors=1,
    )


def test_no_operations_are_no_error() -> None:
    assert parse() == BulkRequest(operations=())


@pytest.mark.parametrize(("given", "meant"), [(None, None), (0, 1), (5, 5)])
def test_fail_on_errors_is_at_least_one(given: int | None, meant: int | None) -> None:
    assert parse(failOnErrors=given).fail_on_errors == meant


def test_more_operations_than_the_maximum_are_refused() -> None:
    """RFC 7644 §3.7.4: 413 with the limit."""
    with pytest.raises(TooManyOperations, match="more than 3 operations"):
        parse(*[{"method": "DELETE", "path": "/Users/7"}] * 4)


@pytest.mark.parametrize("payload", [None, [], {}, {"Operations": None}, {"Operations": {}}])
def test_a_request_without_a_list_of_operations_is_refused(payload: object) -> None:
    with pytest.raises(InvalidSyntax):
        parse_bulk_request(payload, max_operations=3)


@pytest.mark.parametrize("method", [None, "", "GET", "upsert"])
def test_an_unknown_method_is_refused(method: object) -> None:
    with pytest.raises(InvalidSyntax, match=r"Operations\[0\]\.method must be POST"):
        parse({"method": method, "path": "/Users/7"})


def test_an_operation_that_is_no_object_is_refused() -> None:
    with pytest.raises(InvalidSyntax, match=r"Operations\[1\] must be a JSON object"):
        parse({"method": "DELETE", "path": "/Users/7"}, "DELETE /Users/7")


def test_a_bulk_id_is_required_for_post() -> None:
    """RFC 7644 §3.7: a bulkId is REQUIRED when the method is POST."""
    with pytest.raises(InvalidValue, match=r"Operations\[0\]\.bulkId is required for POST"):
        parse({"method": "POST", "path": "/Users", "data": {}})


def test_two_operations_with_one_bulk_id_are_refused() -> None:
    """RFC 7644 §3.7: the bulkId is unique in the request."""
    post = {"method": "POST", "path": "/Users", "bulkId": "x"}

    with pytest.raises(InvalidValue, match="same bulkId"):
        parse(post, post)


@pytest.mark.parametrize("path", [None, "", "/", "//", "/Users/7/emails", "/Users//7"])
def test_a_path_that_names_no_resource_is_refused(path: object) -> None:
    with pytest.raises(InvalidValue, match=r"Operations\[0\]\.path must be a path"):
        parse({"method": "DELETE", "path": path})


@pytest.mark.parametrize(("method", "path"), [("POST", "/Users/7"), ("PUT", "/Users")])
def test_a_path_must_fit_its_method(method: str, path: str) -> None:
    with pytest.raises(InvalidValue, match=r"Operations\[0\]\.path must name"):
        parse({"method": method, "path": path, "bulkId": "x"})


@pytest.mark.parametrize("value", [True, "1", -1, 1.5])
def test_fail_on_errors_must_be_an_integer(value: object) -> None:
    with pytest.raises(InvalidValue, match="failOnErrors must be"):
        parse(failOnErrors=value)


def test_an_answer_has_an_entry_per_operation() -> None:
    """RFC 7644 §3.7.3: status as text; the response is there for what failed."""
    error = error_document(404, "There is no such resource.")

    answer = bulk_response(
        [
            BulkResult(
                method=BulkMethod.POST,
                status=201,
                location="https://acme.test/Users/7",
                bulk_id="x",
                version='W/"1"',
            ),
            BulkResult(method=BulkMethod.DELETE, status=404, response=error),
        ]
    )

    assert answer == {
        "schemas": [urns.BULK_RESPONSE],
        "Operations": [
            {
                "method": "POST",
                "bulkId": "x",
                "version": 'W/"1"',
                "location": "https://acme.test/Users/7",
                "status": "201",
            },
            {"method": "DELETE", "response": error, "status": "404"},
        ],
    }
