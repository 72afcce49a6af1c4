"""The server describes itself from its one table (RFC 7644 §4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import scim2_models

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.discovery import (
    Capabilities,
    resource_type,
    resource_types,
    schema,
    schemas,
    service_provider_config,
)
from scim_provisioning.protocol.errors import NotFound

BASE = "https://acme.test/scim/v2/c1"
CAPABILITIES = Capabilities(
    bulk=True,
    max_operations=1_000,
    max_payload_size=1_048_576,
    filter_max_results=200,
    sort=True,
    etag=True,
    cursor=True,
    default_page_size=100,
    max_page_size=200,
    cursor_timeout=3_600,
)


def every_value(document: Any) -> Iterator[Any]:
    yield document
    if isinstance(document, dict):
        document = list(document.values())
    if isinstance(document, list):
        for each in document:
            yield from every_value(each)


class TestServiceProviderConfig:
    def test_it_tells_what_is_supported(self) -> None:
        """RFC 7643 §5; authentik needs bulk.maxOperations, and name and description."""
        config = service_provider_config(
            CAPABILITIES, base_url=BASE, documentation_url="https://acme.test/docs"
        )

        assert config == {
            "schemas": [urns.SERVICE_PROVIDER_CONFIG],
            "documentationUri": "https://acme.test/docs",
            "patch": {"supported": True},
            "bulk": {"supported": True, "maxOperations": 1_000, "maxPayloadSize": 1_048_576},
            "filter": {"supported": True, "maxResults": 200},
            "changePassword": {"supported": False},
            "sort": {"supported": True},
            "etag": {"supported": True},
            "pagination": {
                "cursor": True,
                "index": True,
                "defaultPaginationMethod": "index",
                "defaultPageSize": 100,
                "maxPageSize": 200,
                "cursorTimeout": 3_600,
            },
            "authenticationSchemes": [
                {
                    "type": "oauthbearertoken",
                    "name": "OAuth Bearer Token",
                    "description": (
                        "A bearer token that an owner of the workspace creates in its settings."
                    ),
                    "specUri": "https://www.rfc-editor.org/info/rfc6750",
                    "primary": True,
                }
            ],
            "meta": {
                "resourceType": "ServiceProviderConfig",
                "location": f"{BASE}/ServiceProviderConfig",
            },
        }

    def test_what_is_unknown_is_absent(self) -> None:
        config = service_provider_config(replace(CAPABILITIES, cursor_timeout=None), base_url=BASE)

        assert "documentationUri" not in config
        assert "cursorTimeout" not in config["pagination"]

    def test_scim2_models_reads_the_same(self) -> None:
        config = service_provider_config(CAPABILITIES, base_url=BASE)

        assert scim2_models.ServiceProviderConfig.model_validate(config).model_dump() == config


class TestResourceTypes:
    def test_they_are_a_list(self) -> None:
        """RFC 7644 §4: a ListResponse."""
        answer = resource_types(BASE)

        assert answer["schemas"] == [urns.LIST_RESPONSE]
        assert answer["totalResults"] == answer["itemsPerPage"] == 2
        assert [each["name"] for each in answer["Resources"]] == ["User", "Group"]

    def test_the_user_has_an_optional_extension(self) -> None:
        """RFC 7643 §6."""
        assert resource_type("User", BASE) == {
            "schemas": [urns.RESOURCE_TYPE],
            "id": "User",
            "name": "User",
            "endpoint": "/Users",
            "description": "The people of the workspace",
            "schema": urns.USER,
            "schemaExtensions": [{"schema": urns.ENTERPRISE_USER, "required": False}],
            "meta": {"resourceType": "ResourceType", "location": f"{BASE}/ResourceTypes/User"},
        }

    def test_an_unknown_one_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            resource_type("Robot", BASE)

    @pytest.mark.parametrize("name", ["User", "Group"])
    def test_scim2_models_reads_the_same(self, name: str) -> None:
        described = resource_type(name, BASE)

        assert scim2_models.ResourceType.model_validate(described).model_dump() == described


class TestSchemas:
    URNS = (urns.USER, urns.ENTERPRISE_USER, urns.GROUP)

    def test_they_are_a_list(self) -> None:
        answer = schemas(BASE)

        assert answer["schemas"] == [urns.LIST_RESPONSE]
        assert tuple(each["id"] for each in answer["Resources"]) == self.URNS

    @pytest.mark.parametrize("urn", URNS)
    def test_each_can_be_read_alone_by_its_urn_in_any_case(self, urn: str) -> None:
        described = schema(urn.upper(), BASE)

        assert described in schemas(BASE)["Resources"]
        assert described["meta"] == {"resourceType": "Schema", "location": f"{BASE}/Schemas/{urn}"}

    def test_an_unknown_one_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            schema("urn:example:none", BASE)

    def test_an_attribute_has_all_its_characteristics(self) -> None:
        """RFC 7643 §7."""
        attributes = {each["name"]: each for each in schema(urns.USER, BASE)["attributes"]}

        assert attributes["userName"] == {
            "name": "userName",
            "type": "string",
            "multiValued": False,
            "description": attributes["userName"]["description"],
            "required": True,
            "caseExact": False,
            "mutability": "readWrite",
            "returned": "default",
            "uniqueness": "server",
        }
        assert attributes["password"]["returned"] == "never"
        assert attributes["emails"]["subAttributes"][2]["canonicalValues"] == [
            "work",
            "home",
            "other",
        ]

    @pytest.mark.parametrize("urn", URNS)
    def test_scim2_models_reads_the_same(self, urn: str) -> None:
        described = schema(urn, BASE)

        assert scim2_models.Schema.model_validate(described).model_dump() == described


@pytest.mark.parametrize(
    "document",
    [service_provider_config(CAPABILITIES, base_url=BASE), resource_types(BASE), schemas(BASE)],
    ids=["config", "resource types", "schemas"],
)
def test_no_document_holds_a_null_or_an_empty_value(document: dict[str, Any]) -> None:
    """Entra's gallery refuses nulls."""
    assert not [each for each in every_value(document) if each in (None, "", [], {})]


def test_a_slash_behind_the_base_url_is_not_doubled() -> None:
    assert resource_type("User", f"{BASE}/")["meta"]["location"] == f"{BASE}/ResourceTypes/User"
