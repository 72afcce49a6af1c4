"""Users and Groups over HTTP (RFC 7644 §3.3–§3.6).

Must not know a rule of SCIM or of the product.
"""

from __future__ import annotations

from dataclasses import replace as replaced
from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from scim_provisioning import conf
from scim_provisioning.api.exception_handler import translate
from scim_provisioning.api.throttling import charge
from scim_provisioning.api.views import ScimView
from scim_provisioning.operations.bulk import bulk
from scim_provisioning.operations.create import create
from scim_provisioning.operations.delete import delete
from scim_provisioning.operations.patch import patch
from scim_provisioning.operations.preconditions import names_version
from scim_provisioning.operations.query import query, query_everything
from scim_provisioning.operations.replace import replace
from scim_provisioning.operations.retrieve import retrieve
from scim_provisioning.operations.stores.store import Resource
from scim_provisioning.protocol.messages import (
    parse_bulk_request,
    parse_search_request,
    search_from_query,
)
from scim_provisioning.protocol.projection import Projection
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE, ResourceType


class ResourceView(ScimView):
    """What collections and single resources share."""

    resource_type: ClassVar[ResourceType]

    def projection(self) -> Projection:
        """Compile what the query asks to see of a resource (RFC 7644 §3.9)."""
        search = search_from_query(self.request.query_params)
        return Projection.parse(search.attributes, search.excluded_attributes, self.resource_type)

    def needed(self) -> Projection:
        """What an operation must give: what is to be seen, and what the headers are made of."""
        asked = self.projection()
        return replaced(
            asked,
            wanted=None if asked.wanted is None else {**asked.wanted, "meta": {}},
            unwanted={name: parts for name, parts in asked.unwanted.items() if name != "meta"},
        )

    def shown(self, resource: Resource, *, status: int = 200) -> Response:
        """Answer with what the query asks to see."""
        place = "Location" if status == 201 else "Content-Location"
        headers = {"ETag": _version(resource), place: resource["meta"]["location"]}
        return Response(self.projection().apply(resource), status=status, headers=headers)

    def if_match(self) -> str | None:
        return self.request.headers.get("If-Match")


class CollectionView(ResourceView):
    def get(self, request: Request, connection: str) -> Response:
        search = search_from_query(request.query_params)
        return Response(query(self.call, self.resource_type, search))

    def post(self, request: Request, connection: str) -> Response:
        resource = create(self.call, self.resource_type, request.data, self.needed())
        return self.shown(resource, status=201)


class ResourceItemView(ResourceView):
    def get(self, request: Request, connection: str, scim_id: str) -> Response:
        resource = retrieve(self.call, self.resource_type, scim_id, self.needed())
        known = request.headers.get("If-None-Match")
        if known and names_version(known, _version(resource)):
            return Response(status=304, headers={"ETag": _version(resource)})
        return self.shown(resource)

    def put(self, request: Request, connection: str, scim_id: str) -> Response:
        resource = replace(
            self.call,
            self.resource_type,
            scim_id,
            request.data,
            self.needed(),
            if_match=self.if_match(),
        )
        return self.shown(resource)

    def patch(self, request: Request, connection: str, scim_id: str) -> Response:
        resource = patch(
            self.call,
            self.resource_type,
            scim_id,
            request.data,
            self.patch_projection(),
            if_match=self.if_match(),
        )
        return Response(status=204) if resource is None else self.shown(resource)

    def delete(self, request: Request, connection: str, scim_id: str) -> Response:
        delete(self.call, self.resource_type, scim_id, if_match=self.if_match())
        return Response(status=204)

    def patch_projection(self) -> Projection | None:
        """What a PATCH has to give; None for 204."""
        return self.needed()


class UsersView(CollectionView):
    resource_type = USER_TYPE


class UserView(ResourceItemView):
    resource_type = USER_TYPE


class GroupsView(CollectionView):
    resource_type = GROUP_TYPE


class GroupView(ResourceItemView):
    resource_type = GROUP_TYPE

    def patch_projection(self) -> Projection | None:
        """Answer 204 unless attributes are asked for: no client needs a group's member list."""
        search = search_from_query(self.request.query_params)
        if not search.attributes and not search.excluded_attributes:
            return None
        return self.needed()


class SearchView(ResourceView):
    """A query in a body, for what should not stand in a URL (RFC 7644 §3.4.3)."""

    def post(self, request: Request, connection: str) -> Response:
        return Response(query(self.call, self.resource_type, parse_search_request(request.data)))


class UserSearchView(SearchView):
    resource_type = USER_TYPE


class GroupSearchView(SearchView):
    resource_type = GROUP_TYPE


class RootView(ScimView):
    """Queries of the whole server (RFC 7644 §3.4.2.1)."""

    def get(self, request: Request, connection: str) -> Response:
        return Response(query_everything(self.call, search_from_query(request.query_params)))


class RootSearchView(ScimView):
    def post(self, request: Request, connection: str) -> Response:
        return Response(query_everything(self.call, parse_search_request(request.data)))


class BulkView(ScimView):
    """Many operations in one request (RFC 7644 §3.7)."""

    def post(self, request: Request, connection: str) -> Response:
        bulk_request = parse_bulk_request(
            request.data, max_operations=conf.value("BULK_MAX_OPERATIONS")
        )
        charge(self.call.connection, len(bulk_request.operations) - 1)
        return Response(bulk(self.call, bulk_request, translate=translate))


def _version(resource: Resource) -> str:
    return str(resource["meta"]["version"])
