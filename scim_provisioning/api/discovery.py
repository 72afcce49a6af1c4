"""The discovery endpoints over HTTP (RFC 7644 §4).

Must not know what is discovered.
"""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from scim_provisioning import conf
from scim_provisioning.api.views import ScimView
from scim_provisioning.protocol import discovery
from scim_provisioning.protocol.errors import Forbidden, NotFound, NotImplementedHere


class DiscoveryView(ScimView):
    """Refuses filters, which could otherwise be taken for honoured (RFC 7644 §4)."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if any(name.lower() == "filter" for name in request.query_params):
            raise Forbidden("Discovery endpoints can't be filtered.")

    @property
    def base_url(self) -> str:
        return self.call.connection.base_url


class ServiceProviderConfigView(DiscoveryView):
    def get(self, request: Request, connection: str) -> Response:
        return Response(
            discovery.service_provider_config(
                capabilities(),
                base_url=self.base_url,
                documentation_url=conf.value("DOCUMENTATION_URL") or None,
            )
        )


class ResourceTypesView(DiscoveryView):
    def get(self, request: Request, connection: str) -> Response:
        return Response(discovery.resource_types(self.base_url))


class ResourceTypeView(DiscoveryView):
    def get(self, request: Request, connection: str, name: str) -> Response:
        return Response(discovery.resource_type(name, self.base_url))


class SchemasView(DiscoveryView):
    def get(self, request: Request, connection: str) -> Response:
        return Response(discovery.schemas(self.base_url))


class SchemaView(DiscoveryView):
    def get(self, request: Request, connection: str, urn: str) -> Response:
        return Response(discovery.schema(urn, self.base_url))


class MeView(ScimView):
    """A directory is no person, so there is nobody it could mean (RFC 7644 §3.11)."""

    def dispatch_any(self, request: Request, connection: str) -> Response:
        raise NotImplementedHere("/Me means nobody: a directory's token is not a person's.")

    get = post = put = patch = delete = dispatch_any


class UnknownEndpointView(ScimView):
    """Everything below the prefix that is no endpoint, in every method."""

    def dispatch_any(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        raise NotFound("There is no such endpoint.")

    get = post = put = patch = delete = dispatch_any


def capabilities() -> discovery.Capabilities:
    """Say what is on, from the settings and from what is built."""
    return discovery.Capabilities(
        bulk=True,
        max_operations=conf.value("BULK_MAX_OPERATIONS"),
        max_payload_size=conf.value("MAX_BODY_BYTES"),
        filter_max_results=conf.value("MAX_PAGE_SIZE"),
        sort=True,
        etag=True,
        cursor=True,
        default_page_size=conf.value("DEFAULT_PAGE_SIZE"),
        max_page_size=conf.value("MAX_PAGE_SIZE"),
        cursor_timeout=conf.value("CURSOR_LIFETIME_SECONDS"),
    )
