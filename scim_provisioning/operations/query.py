"""List and filter resources (RFC 7644 §3.4.2).

Must not know HTTP, nor how a filter is compiled.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from scim_provisioning import conf
from scim_provisioning.journal import Call
from scim_provisioning.operations.stores import store_for
from scim_provisioning.protocol.filters import parse_filter
from scim_provisioning.protocol.messages import SearchRequest, list_response
from scim_provisioning.protocol.projection import Projection
from scim_provisioning.protocol.schemas import ResourceType
from scim_provisioning.protocol.windows import Window, parse_window


def query(call: Call, resource_type: ResourceType, search: SearchRequest) -> dict[str, Any]:
    """Answer a search with a ListResponse; `totalResults` counts all that match."""
    projection = Projection.parse(search.attributes, search.excluded_attributes, resource_type)
    window = parse_window(
        search.start_index,
        search.count,
        default=conf.value("DEFAULT_PAGE_SIZE"),
        maximum=conf.value("MAX_PAGE_SIZE"),
    )
    store = store_for(resource_type)
    links = store.visible(call.connection)
    if search.filter is not None:
        node = parse_filter(search.filter, resource_type)
        links = links.filter(store.matching(node, call.connection))
    page, total = _cut(links.order_by("id"), window)
    resources = store.represent(call.connection, page, projection)
    return list_response(resources, total, window.start_index)


def _cut(links: QuerySet[Any], window: Window) -> tuple[list[Any], int]:
    """Load one page and count all; a page that shows the end needs no count."""
    if window.count == 0:
        return [], links.count()
    first = window.start_index - 1
    page = list(links[first : first + window.count])
    if len(page) < window.count and (page or first == 0):
        return page, first + len(page)
    return page, links.count()
