"""List, filter, sort and page resources (RFC 7644 §3.4.2, RFC 9865).

Must not know HTTP, nor how a filter or a sort is compiled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import OrderBy, Q, QuerySet

from scim_provisioning import conf, cursors
from scim_provisioning.cursors import Walk
from scim_provisioning.journal import Call
from scim_provisioning.models import Connection
from scim_provisioning.operations.stores import Store, store_for
from scim_provisioning.operations.stores.store import Resource
from scim_provisioning.protocol.errors import InvalidCount, InvalidPath, InvalidValue
from scim_provisioning.protocol.filters import Target, parse_filter
from scim_provisioning.protocol.messages import SearchRequest, SortOrder, list_response
from scim_provisioning.protocol.paths import PatchPath, parse_path
from scim_provisioning.protocol.projection import Projection
from scim_provisioning.protocol.schemas import RESOURCE_TYPES, ResourceType
from scim_provisioning.protocol.windows import Window, parse_window


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A search made ready: all that match, in order, and what to show of each."""

    store: Store
    connection: Connection
    condition: Q | None
    ordering: Sequence[OrderBy]
    projection: Projection

    @property
    def links(self) -> QuerySet[Any]:
        links = self.store.visible(self.connection)
        return links if self.condition is None else links.filter(self.condition)

    def known(self) -> list[Any] | None:
        """Give all that match, if it is cheaper to look that up; one statement, or none."""
        return None if self.condition is None else self.store.meet(self.connection, self.condition)


def query(call: Call, resource_type: ResourceType, search: SearchRequest) -> dict[str, Any]:
    """Answer a search with a ListResponse; `totalResults` counts all that match."""
    if search.cursor is not None:
        return _by_cursor(call, resource_type, search)
    window = _window(search)
    listing = _listing(call, resource_type, search)
    page, total = _cut(listing, window)
    return list_response(_shown(call, listing, page), total, window.start_index)


def query_everything(call: Call, search: SearchRequest) -> dict[str, Any]:
    """Answer a search of the whole server: people first, then groups (RFC 7644 §3.4.2.1)."""
    if search.cursor is not None:
        raise InvalidValue("cursor: page through /Users or /Groups; here startIndex is offered.")
    window = _window(search)
    resources: list[Resource] = []
    before = 0
    for resource_type in RESOURCE_TYPES:
        listing = _listing(call, resource_type, search)
        rest = Window(
            start_index=max(window.start_index - before, 1), count=window.count - len(resources)
        )
        page, total = _cut(listing, rest)
        resources += _shown(call, listing, page)
        before += total
    return list_response(resources, before, window.start_index)


def _by_cursor(call: Call, resource_type: ResourceType, search: SearchRequest) -> dict[str, Any]:
    """Page by keyset: a page costs the same wherever it is (RFC 9865 §2).

    `totalResults` is what was counted for the first page.
    """
    try:
        count = _window(search).count
    except InvalidValue as problem:
        raise InvalidCount(problem.detail) from problem
    connection = call.connection
    walk = None
    if search.cursor:
        walk = cursors.decode(
            search.cursor, search, resource_type=resource_type, connection=connection
        )
    listing = _listing(call, resource_type, search)
    page = cursors.page(listing.links, listing.ordering, walk=walk, count=count)
    total = walk.total if walk else listing.links.count()
    sign = partial(
        cursors.encode, search=search, resource_type=resource_type, connection=connection
    )
    on = Walk(position=page.end, total=total) if page.end else None
    back = Walk(position=page.start, total=total, backwards=True) if page.start else None
    return list_response(
        _shown(call, listing, page.links),
        total,
        next_cursor=sign(on) if on else None,
        previous_cursor=sign(back) if back else None,
    )


def _window(search: SearchRequest) -> Window:
    return parse_window(
        search.start_index,
        search.count,
        default=conf.value("DEFAULT_PAGE_SIZE"),
        maximum=conf.value("MAX_PAGE_SIZE"),
    )


def _listing(call: Call, resource_type: ResourceType, search: SearchRequest) -> Listing:
    store = store_for(resource_type)
    condition = None
    if search.filter is not None:
        condition = store.matching(parse_filter(search.filter, resource_type), call.connection)
    return Listing(
        store=store,
        connection=call.connection,
        condition=condition,
        ordering=store.ordering(
            _sort_target(search.sort_by, resource_type),
            descending=search.sort_order is SortOrder.DESCENDING,
            connection=call.connection,
        ),
        projection=Projection.parse(search.attributes, search.excluded_attributes, resource_type),
    )


def _sort_target(name: str | None, resource_type: ResourceType) -> Target | None:
    """Find what to sort by; an attribute that is unknown leaves the order of age."""
    if not name:
        return None
    try:
        path = parse_path(name, resource_type)
    except InvalidPath as problem:
        raise InvalidValue("sortBy must be the name of an attribute.") from problem
    if isinstance(path, PatchPath) and path.condition is None:
        return path.target
    return None


def _shown(call: Call, listing: Listing, page: Sequence[Any]) -> list[Resource]:
    if not page:
        return []
    return listing.store.represent(call.connection, page, listing.projection)


def _cut(listing: Listing, window: Window) -> tuple[list[Any], int]:
    """Load one page and count all; a page that shows the end needs no count."""
    known = listing.known()
    if known is not None:
        return known[window.offset : window.offset + window.count], len(known)
    if window.count == 0:
        return [], listing.links.count()
    page = _page(listing, window)
    if len(page) < window.count and (page or window.offset == 0):
        return page, window.offset + len(page)
    return page, listing.links.count()


def _page(listing: Listing, window: Window) -> list[Any]:
    """Load one page; what comes before a late one is skipped in the index alone."""
    ordered = listing.links.order_by(*listing.ordering)
    end = window.offset + window.count
    if window.offset == 0:
        return list(ordered[:end])
    keys = ordered.values("pk")[window.offset : end]
    return list(ordered.filter(pk__in=keys))
