"""The envelopes of SCIM: errors, lists, searches and bulk requests (RFC 7644 §3.4, §3.7, §3.12).

Must not know what is searched, or how an operation is carried out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.errors import InvalidSyntax, InvalidValue, TooManyOperations
from scim_provisioning.protocol.projection import split_names
from scim_provisioning.protocol.values import Json, check_text, fold_names


class SortOrder(StrEnum):
    ASCENDING = "ascending"
    DESCENDING = "descending"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A query, whether from the URL or from the body of `/.search` (RFC 7644 §3.4.2, §3.4.3).

    `filter` is "" and not None when it was sent empty, since an empty filter must not list
    everybody. `cursor` is "" when a client begins to page by cursor (RFC 9865 §2).
    """

    attributes: tuple[str, ...] = ()
    excluded_attributes: tuple[str, ...] = ()
    filter: str | None = None
    sort_by: str | None = None
    sort_order: SortOrder = SortOrder.ASCENDING
    start_index: str | int | None = None
    count: str | int | None = None
    cursor: str | None = None


class BulkMethod(StrEnum):
    POST = "POST"
    PUT = "PUT"
    PATCH = "PATCH"
    DELETE = "DELETE"


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkOperation:
    """One operation of a bulk request; `endpoint` is "/Users", and it may name nothing here.

    `resource_id` is None for POST alone, and may be "bulkId:x", which stands for the id that
    the operation with this bulkId creates.
    """

    method: BulkMethod
    endpoint: str
    resource_id: str | None = None
    bulk_id: str | None = None
    version: str | None = None
    data: Json = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkRequest:
    """Operations in their order; work stops at `fail_on_errors` errors, or never for None."""

    operations: tuple[BulkOperation, ...]
    fail_on_errors: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkResult:
    """What became of one operation; `response` is the Error of one that failed."""

    method: BulkMethod
    status: int
    location: str | None = None
    bulk_id: str | None = None
    version: str | None = None
    response: dict[str, Any] | None = None


def error_document(status: int, detail: str, scim_type: str | None = None) -> dict[str, Any]:
    """Build an Error; its status is text (RFC 7644 §3.12)."""
    kind = {"scimType": scim_type} if scim_type else {}
    return {"schemas": [urns.ERROR], "status": str(status), **kind, "detail": detail}


def list_response(
    resources: Sequence[Mapping[str, Json]],
    total: int,
    start_index: int | None = None,
    *,
    next_cursor: str | None = None,
    previous_cursor: str | None = None,
) -> dict[str, Any]:
    """Build a page of a list; `Resources` is there also when it is empty (RFC 7644 §3.4.2)."""
    optional = {
        "startIndex": start_index,
        "nextCursor": next_cursor,
        "previousCursor": previous_cursor,
    }
    return {
        "schemas": [urns.LIST_RESPONSE],
        "totalResults": total,
        "itemsPerPage": len(resources),
        **_present(optional),
        "Resources": list(resources),
    }


def search_from_query(query: Mapping[str, str]) -> SearchRequest:
    """Read a query string's parameters, named in any case; others are none of SCIM's."""
    given = {name.lower(): value for name, value in query.items()}
    return _search(given)


def parse_search_request(payload: object) -> SearchRequest:
    """Read the body of a `/.search` (RFC 7644 §3.4.3); raise InvalidSyntax or InvalidValue."""
    return _search(_object(payload, "The search request"))


def parse_bulk_request(payload: object, *, max_operations: int) -> BulkRequest:
    """Read a bulk request whole, before any of it is carried out (RFC 7644 §3.7).

    Raises InvalidSyntax, InvalidValue, or TooManyOperations beyond the maximum.
    """
    given = _object(payload, "The bulk request")
    raw_operations = given.get("operations")
    if not isinstance(raw_operations, list):
        raise InvalidSyntax("Operations must be a list.")
    if len(raw_operations) > max_operations:
        raise TooManyOperations(f"The request holds more than {max_operations} operations.")
    operations = tuple(
        _bulk_operation(raw, f"Operations[{index}]") for index, raw in enumerate(raw_operations)
    )
    bulk_ids = [each.bulk_id for each in operations if each.bulk_id is not None]
    if len(set(bulk_ids)) != len(bulk_ids):
        raise InvalidValue("Two operations have the same bulkId.")
    return BulkRequest(
        operations=operations, fail_on_errors=_fail_on_errors(given.get("failonerrors"))
    )


def bulk_response(results: Sequence[BulkResult]) -> dict[str, Any]:
    """Build the answer to a bulk request, one entry per operation done (RFC 7644 §3.7)."""
    return {"schemas": [urns.BULK_RESPONSE], "Operations": [_bulk_entry(each) for each in results]}


def _search(given: Mapping[str, Json]) -> SearchRequest:
    return SearchRequest(
        attributes=_names(given, "attributes"),
        excluded_attributes=_names(given, "excludedAttributes"),
        filter=_text(given, "filter"),
        sort_by=_text(given, "sortBy") or None,
        sort_order=_sort_order(given),
        start_index=_number(given, "startIndex"),
        count=_number(given, "count"),
        cursor=_text(given, "cursor"),
    )


def _sort_order(given: Mapping[str, Json]) -> SortOrder:
    text = _text(given, "sortOrder") or SortOrder.ASCENDING
    try:
        return SortOrder(text.lower())
    except ValueError:
        raise InvalidValue("sortOrder must be ascending or descending.") from None


def _names(given: Mapping[str, Json], name: str) -> tuple[str, ...]:
    """Read names from a list or, as in a URL, from text with commas."""
    value = given.get(name.lower())
    listed = value if isinstance(value, list) else [value]
    if not all(each is None or isinstance(each, str) for each in listed):
        raise InvalidValue(f"{name} must be a list of attribute names.")
    return tuple(found for each in listed for found in split_names(each))


def _number(given: Mapping[str, Json], name: str) -> str | int | None:
    value = given.get(name.lower())
    if isinstance(value, bool) or not (value is None or isinstance(value, (str, int))):
        raise InvalidValue(f"{name} must be an integer.")
    return value


def _bulk_operation(raw: Json, where: str) -> BulkOperation:
    given = _object(raw, where)
    method = _method(given, where)
    endpoint, resource_id = _split_path(_text(given, "path", within=where), f"{where}.path")
    bulk_id = _text(given, "bulkId", within=where) or None
    if method is BulkMethod.POST and bulk_id is None:
        raise InvalidValue(f"{where}.bulkId is required for POST.")
    if (method is BulkMethod.POST) is not (resource_id is None):
        wanted = "an endpoint such as /Users" if method is BulkMethod.POST else "one resource"
        raise InvalidValue(f"{where}.path must name {wanted}.")
    return BulkOperation(
        method=method,
        endpoint=endpoint,
        resource_id=resource_id,
        bulk_id=bulk_id,
        version=_text(given, "version", within=where) or None,
        data=given.get("data"),
    )


def _method(given: Mapping[str, Json], where: str) -> BulkMethod:
    try:
        return BulkMethod((_text(given, "method", within=where) or "").upper())
    except ValueError:
        raise InvalidSyntax(f"{where}.method must be POST, PUT, PATCH or DELETE.") from None


def _split_path(path: str | None, where: str) -> tuple[str, str | None]:
    """Take "/Users/<id>" apart; the slash at either end may be missing or too many."""
    match (path or "").strip("/").split("/"):
        case [endpoint] if endpoint:
            return f"/{endpoint}", None
        case [endpoint, resource_id] if endpoint and resource_id:
            return f"/{endpoint}", resource_id
    raise InvalidValue(f"{where} must be a path such as /Users or /Users/<id>.")


def _fail_on_errors(value: Json) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidValue("failOnErrors must be a positive integer.")
    return max(value, 1)


def _bulk_entry(result: BulkResult) -> dict[str, Any]:
    optional = {
        "bulkId": result.bulk_id,
        "version": result.version,
        "location": result.location,
        "response": result.response,
    }
    return {"method": str(result.method), **_present(optional), "status": str(result.status)}


def _object(payload: object, what: str) -> dict[str, Json]:
    if not isinstance(payload, dict):
        raise InvalidSyntax(f"{what} must be a JSON object.")
    return fold_names(payload, where=what)


def _text(given: Mapping[str, Json], name: str, *, within: str = "") -> str | None:
    value = given.get(name.lower())
    where = f"{within}.{name}".lstrip(".")
    if value is None:
        return None
    if not isinstance(value, str):
        raise InvalidValue(f"{where} must be text.")
    return check_text(value, where=where)


def _present(optional: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in optional.items() if value is not None}
