"""What this server tells about itself (RFC 7644 §4, RFC 7643 §5–§8.7, RFC 9865 §4).

Generated from the attribute table. Must not know settings or URLs: it is given a base URL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.errors import NotFound
from scim_provisioning.protocol.messages import list_response
from scim_provisioning.protocol.schemas import (
    RESOURCE_TYPES,
    Attribute,
    ResourceType,
    Schema,
)


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What is offered, and up to which size; sizes in bytes, times in seconds.

    A `cursor_timeout` of None means that cursors do not expire.
    """

    bulk: bool
    max_operations: int
    max_payload_size: int
    filter_max_results: int
    sort: bool
    etag: bool
    cursor: bool
    default_page_size: int
    max_page_size: int
    cursor_timeout: int | None = None


def service_provider_config(
    capabilities: Capabilities, *, base_url: str, documentation_url: str | None = None
) -> dict[str, Any]:
    """Say what is supported (RFC 7643 §5); the sizes are told also when it is not.

    authentik gives up PATCH and filters where `bulk.maxOperations` is missing.
    """
    documentation = {"documentationUri": documentation_url} if documentation_url else {}
    return {
        "schemas": [urns.SERVICE_PROVIDER_CONFIG],
        **documentation,
        "patch": {"supported": True},
        "bulk": {
            "supported": capabilities.bulk,
            "maxOperations": capabilities.max_operations,
            "maxPayloadSize": capabilities.max_payload_size,
        },
        "filter": {"supported": True, "maxResults": capabilities.filter_max_results},
        "changePassword": {"supported": False},
        "sort": {"supported": capabilities.sort},
        "etag": {"supported": capabilities.etag},
        "pagination": _pagination(capabilities),
        "authenticationSchemes": [_bearer_token()],
        "meta": _meta("ServiceProviderConfig", base_url, "/ServiceProviderConfig"),
    }


def resource_types(base_url: str) -> dict[str, Any]:
    """List the resource types as a ListResponse."""
    return _list(_resource_type(each, base_url) for each in RESOURCE_TYPES)


def resource_type(name: str, base_url: str) -> dict[str, Any]:
    """Describe one resource type (RFC 7643 §6); raise NotFound."""
    for each in RESOURCE_TYPES:
        if each.name == name:
            return _resource_type(each, base_url)
    raise NotFound("There is no such resource type.")


def schemas(base_url: str) -> dict[str, Any]:
    """List the schemas as a ListResponse."""
    return _list(_schema(each, base_url) for each in _all_schemas())


def schema(urn: str, base_url: str) -> dict[str, Any]:
    """Describe one schema (RFC 7643 §7), its URN in any case; raise NotFound."""
    for each in _all_schemas():
        if each.urn.lower() == urn.lower():
            return _schema(each, base_url)
    raise NotFound("There is no such schema.")


def _pagination(capabilities: Capabilities) -> dict[str, Any]:
    """Say how lists are paged (RFC 9865 §4)."""
    cursor_timeout = capabilities.cursor_timeout
    timeout = {} if cursor_timeout is None else {"cursorTimeout": cursor_timeout}
    return {
        "cursor": capabilities.cursor,
        "index": True,
        "defaultPaginationMethod": "index",
        "defaultPageSize": capabilities.default_page_size,
        "maxPageSize": capabilities.max_page_size,
        **timeout,
    }


def _bearer_token() -> dict[str, Any]:
    return {
        "type": "oauthbearertoken",
        "name": "OAuth Bearer Token",
        "description": "A bearer token that an owner of the workspace creates in its settings.",
        "specUri": "https://www.rfc-editor.org/info/rfc6750",
        "primary": True,
    }


def _list(resources: Iterable[dict[str, Any]]) -> dict[str, Any]:
    every = list(resources)
    return list_response(every, len(every), 1)


def _resource_type(described: ResourceType, base_url: str) -> dict[str, Any]:
    extensions = [{"schema": each.urn, "required": False} for each in described.extensions]
    return {
        "schemas": [urns.RESOURCE_TYPE],
        "id": described.name,
        "name": described.name,
        "endpoint": described.endpoint,
        "description": described.description,
        "schema": described.schema.urn,
        **({"schemaExtensions": extensions} if extensions else {}),
        "meta": _meta("ResourceType", base_url, f"/ResourceTypes/{described.name}"),
    }


def _all_schemas() -> tuple[Schema, ...]:
    every = (each for resource_type in RESOURCE_TYPES for each in resource_type.schemas)
    return tuple(dict.fromkeys(every))


def _schema(described: Schema, base_url: str) -> dict[str, Any]:
    return {
        "schemas": [urns.SCHEMA],
        "id": described.urn,
        "name": described.name,
        "description": described.description,
        "attributes": _attributes(described),
        "meta": _meta("Schema", base_url, f"/Schemas/{described.urn}"),
    }


@lru_cache
def _attributes(described: Schema) -> list[dict[str, Any]]:
    """Build the costly part once; it is shared by all answers."""
    return [_attribute(each) for each in described.attributes]


def _attribute(row: Attribute) -> dict[str, Any]:
    """Describe an attribute by its characteristics; what it has none of is left out."""
    described: dict[str, Any] = {
        "name": row.name,
        "type": str(row.type),
        "multiValued": row.multi_valued,
        "description": row.description,
        "required": row.required,
        "caseExact": row.case_exact,
        "mutability": str(row.mutability),
        "returned": str(row.returned),
        "uniqueness": str(row.uniqueness),
    }
    lists = {
        "canonicalValues": list(row.canonical_values),
        "referenceTypes": list(row.reference_types),
        "subAttributes": [_attribute(each) for each in row.sub_attributes],
    }
    return described | {name: listed for name, listed in lists.items() if listed}


def _meta(kind: str, base_url: str, path: str) -> dict[str, str]:
    return {"resourceType": kind, "location": f"{base_url.rstrip('/')}{path}"}
