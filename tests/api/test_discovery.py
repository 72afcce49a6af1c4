"""What the server tells about itself (RFC 7644 §4)."""

from __future__ import annotations

from typing import Any

import pytest

from scim_provisioning.protocol import urns
from tests.api.client import Directory, operation


def test_the_config_says_what_is_offered(directory: Directory) -> None:
    answer = directory.get("/ServiceProviderConfig")

    body = answer.body
    assert answer.status == 200
    assert body["schemas"] == [urns.SERVICE_PROVIDER_CONFIG]
    assert {name: body[name]["supported"] for name in body if "supported" in body[name]} == {
        "patch": True,
        "bulk": True,
        "filter": True,
        "changePassword": False,
        "sort": True,
        "etag": True,
    }
    assert body["pagination"]["cursor"] is True
    assert body["pagination"]["index"] is True
    assert body["authenticationSchemes"][0]["type"] == "oauthbearertoken"


def test_what_is_offered_is_so(directory: Directory) -> None:
    """Each claim of the config, tried once."""
    zoe = directory.create_user("zoe")
    path = f"/Users/{zoe['id']}"

    tried = {
        "patch": directory.patch(path, operation("add", "title", "Pilot")).status,
        "bulk": directory.bulk().status,
        "filter": directory.get("/Users", filter='userName eq "zoe"').status,
        "sort": directory.get("/Users", sortBy="userName").status,
        "etag": directory.delete(path, headers={"If-Match": 'W/"x"'}).status,
        "cursor": directory.get("/Users", cursor="").status,
    }

    assert tried == {
        "patch": 200,
        "bulk": 200,
        "filter": 200,
        "sort": 200,
        "etag": 412,
        "cursor": 200,
    }


@pytest.mark.parametrize("collection", ["/Schemas", "/ResourceTypes"])
def test_each_is_listed_and_found_where_it_says(directory: Directory, collection: str) -> None:
    listed = directory.get(collection).body

    assert listed["schemas"] == [urns.LIST_RESPONSE]
    assert listed["totalResults"] == listed["itemsPerPage"] == len(listed["Resources"])
    for each in listed["Resources"]:
        assert directory.get(each["meta"]["location"]).body == each


def test_every_resource_type_has_its_endpoint_and_schemas(directory: Directory) -> None:
    schemas = {each["id"] for each in directory.get("/Schemas").body["Resources"]}
    types = directory.get("/ResourceTypes").body["Resources"]

    assert {each["name"] for each in types} == {"User", "Group"}
    for each in types:
        assert directory.get(each["endpoint"]).status == 200
        assert each["schema"] in schemas
        assert {one["schema"] for one in each.get("schemaExtensions", [])} <= schemas


@pytest.mark.parametrize("path", ["/Schemas/urn:example:Duck", "/ResourceTypes/Duck"])
def test_what_is_not_there_is_not_found(directory: Directory, path: str) -> None:
    assert directory.get(path).status == 404


@pytest.mark.parametrize("path", ["/Schemas", "/ResourceTypes", "/ServiceProviderConfig"])
def test_a_filter_is_refused(directory: Directory, path: str) -> None:
    """RFC 7644 §4: 403 if a filter is provided."""
    assert directory.get(path, filter='name eq "User"').status == 403


@pytest.mark.parametrize("path", ["/Schemas", "/ResourceTypes", "/ServiceProviderConfig"])
def test_other_parameters_are_ignored(directory: Directory, path: str) -> None:
    plain = directory.get(path).body

    assert directory.get(path, sortBy="name", startIndex=2, count=1, attributes="id").body == plain


@pytest.mark.parametrize("path", ["/Schemas", "/ResourceTypes", "/ServiceProviderConfig"])
def test_nothing_is_null(directory: Directory, path: str) -> None:
    assert not list(nulls(directory.get(path).body))


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_me_means_nobody(directory: Directory, method: str) -> None:
    """RFC 7644 §3.11: 501 where /Me is not offered."""
    answer = directory.send(method, "/Me", {} if method != "GET" else None)

    assert answer.status == 501
    assert answer.body["schemas"] == [urns.ERROR]
    assert answer.body["status"] == "501"


def nulls(value: Any) -> Any:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from nulls(each)
    elif value is None:
        yield value
