"""What makes no sense gets a 4xx that names it, and changes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scim_provisioning.protocol import urns
from tests.api.client import NOBODY, Directory, operation
from tests.api.snapshot import snapshot

UNREADABLE: dict[str, bytes] = {
    "half of an object": b'{"userName": "zoe"',
    "two objects": b'{"userName": "zoe"}{}',
    "no JSON": b"userName=zoe",
    "single quotes": b"{'userName': 'zoe'}",
    "not UTF-8": b'{"userName": "zo\xeb"}',
    "UTF-16": '{"userName": "zoe"}'.encode("utf-16"),
    "a number that JSON does not know": b'{"userName": "zoe", "title": NaN}',
    "infinity": b'{"userName": "zoe", "title": 1e999}',
    "a huge integer": b'{"userName": "zoe", "title": ' + b"9" * 5_000 + b"}",
    "nested too deeply": b"[" * 100_000,
    "objects nested too deeply": b'{"a":' * 100_000,
    "a name twice": b'{"userName": "zoe", "userName": "bob"}',
    "a name twice in two cases": b'{"userName": "zoe", "USERNAME": "bob"}',
    "a list": b"[]",
    "a text": b'"userName"',
    "null": b"null",
    "true": b"true",
}

BAD_USERS: list[tuple[dict[str, Any], str]] = [
    ({}, "userName"),
    ({"userName": ""}, "userName"),
    ({"userName": None}, "userName"),
    ({"userName": "   "}, "userName"),
    ({"userName": True}, "userName"),
    ({"userName": "zoe", f"{urns.USER}:userName": "bob"}, "userName"),
    ({"userName": {"value": "zoe"}}, "userName"),
    ({"userName": ["a", "b"]}, "userName"),
    ({"userName": "x" * 256}, "userName"),
    ({"userName": "zo\u0000e"}, "userName"),
    ({"userName": "zo\ud800e"}, "userName"),
    ({"userName": "zo\u202ee"}, "userName"),
    ({"userName": "zo\u200be"}, "userName"),
    ({"userName": "zo\u001be"}, "userName"),
    ({"externalId": "a\u0000"}, "externalId"),
    ({"externalId": "x" * 256}, "externalId"),
    ({"displayName": "x" * 256}, "displayName"),
    ({"title": "x" * 5_000}, "title"),
    ({"title": {"a": 1}}, "title"),
    ({"name": "Zoe"}, "name"),
    ({"name": {"givenName": "\udfff"}}, "name.givenName"),
    ({"name": {"givenName": ["a", "b"]}}, "name.givenName"),
    ({"active": "perhaps"}, "active"),
    ({"active": 1}, "active"),
    ({"active": {}, "emails": "nobody"}, "emails"),
    ({"emails": [{"value": "no address"}]}, "emails"),
    ({"emails": [{"value": "a@b\n.example"}]}, "emails"),
    ({"emails": [{"value": "a\u0000@b.example"}]}, "emails.value"),
    ({"emails": [[]], "phoneNumbers": [["x"]]}, "phoneNumbers"),
    ({"emails": [{"value": "a@b.example", "primary": "perhaps"}]}, "emails.primary"),
    ({"emails": [{"value": {"a": 1}}]}, "emails.value"),
    ({"emails": [{"value": "a@b.example", "VALUE": "c@d.example"}]}, "emails"),
    ({"phoneNumbers": [{"value": str(n)} for n in range(1_001)]}, "phoneNumbers"),
    ({"photos": [{"value": "https://p.example/" + "x" * 9_000}]}, "photos.value"),
    ({"schemas": 5}, "schemas"),
    ({"schemas": [5]}, "schemas"),
    ({urns.ENTERPRISE_USER: "x"}, urns.ENTERPRISE_USER),
    ({urns.ENTERPRISE_USER: {"department": {"a": 1}}}, "department"),
    ({urns.ENTERPRISE_USER: {"manager": {"value": "\u0000"}}}, "manager.value"),
]

BAD_GROUPS: list[tuple[dict[str, Any], str]] = [
    ({"displayName": None}, "displayName"),
    ({"displayName": "x" * 256}, "displayName"),
    ({"displayName": "a\u0000b"}, "displayName"),
    ({"displayName": ["a", "b"]}, "displayName"),
    ({"members": [{}]}, "members.value"),
    ({"members": [{"value": ""}]}, "members.value"),
    ({"members": "nobody"}, "members"),
    ({"members": [{"value": NOBODY}]}, "members"),
    ({"members": [{"value": "\u0000"}]}, "members.value"),
    ({"members": [{"value": {"a": 1}}]}, "members.value"),
    ({"members": [{"value": NOBODY, "type": "Group"}]}, "members.type"),
    ({"externalId": "\ud800"}, "externalId"),
]

BAD_PATCHES: list[tuple[Any, str]] = [
    ({}, "Operations"),
    ({"Operations": None}, "Operations"),
    ({"Operations": {"op": "add"}}, "Operations"),
    ({"Operations": ["add"]}, "Operations[1]"),
    ({"Operations": [{}]}, "Operations[1].op"),
    ({"Operations": [{"op": 5}]}, "Operations[1].op"),
    ({"Operations": [operation("add", "title", "x"), {"op": "copy"}]}, "Operations[2].op"),
    ({"Operations": [{"op": "add", "path": 5, "value": 1}]}, "Operations[1].path"),
    ({"Operations": [{"op": "add", "path": "\u0000", "value": 1}]}, "path"),
    ({"Operations": [{"op": "add", "path": "x" * 3_000, "value": 1}]}, "path"),
    ({"Operations": [operation("add", "title", "a\u0000b")]}, "title"),
    ({"Operations": [operation("add", "title", "a\ud800b")]}, "title"),
    ({"Operations": [operation("add", value="title")]}, "value"),
    ({"Operations": [operation("replace", value=["a"])]}, "value"),
    ({"Operations": [operation("replace", value={"active": "maybe"})]}, "active"),
    ({"Operations": [operation("replace", "emails", [{"value": "none"}])]}, "emails"),
    ({"Operations": [operation("replace", "name", "Ben")]}, "name"),
    ({"Operations": [operation("add", "title", "x")] * 1_001}, "operations"),
]


@pytest.fixture
def ben(directory: Directory) -> str:
    return f"/Users/{directory.user_id('ben@acme.example')}"


def assert_refused(directory: Directory, method: str, path: str, body: object, named: str) -> None:
    before = snapshot()

    answer = directory.send(method, path, body)

    assert 400 <= answer.status < 500, answer.body
    assert answer.body["schemas"] == [urns.ERROR]
    assert answer.body["detail"]
    assert named.lower() in answer.body["detail"].lower()
    assert not any(word in answer.body["detail"].lower() for word in ("sql", "key (", "constraint"))
    assert snapshot() == before


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/Users"), ("POST", "/Groups"), ("POST", "/.search"), ("POST", "/Bulk")],
)
def test_a_body_that_cannot_be_read_is_refused(
    directory: Directory, method: str, path: str, body: bytes
) -> None:
    assert_refused(directory, method, path, body, named="")


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_change_that_cannot_be_read_is_refused(
    directory: Directory, ben: str, method: str, body: bytes
) -> None:
    assert_refused(directory, method, ben, body, named="")


@pytest.mark.parametrize(("bad", "named"), BAD_USERS)
def test_a_bad_user_is_refused_by_name(
    directory: Directory, ben: str, bad: dict[str, Any], named: str
) -> None:
    name = {} if not bad else {"userName": "zoe"}

    assert_refused(directory, "POST", "/Users", {**name, **bad}, named)
    assert_refused(directory, "PUT", ben, {**name, **bad}, named)


@pytest.mark.parametrize(("bad", "named"), BAD_GROUPS)
def test_a_bad_group_is_refused_by_name(
    directory: Directory, bad: dict[str, Any], named: str
) -> None:
    support = f"/Groups/{directory.group_id('Support')}"

    assert_refused(directory, "POST", "/Groups", {"displayName": "Pilots", **bad}, named)
    assert_refused(directory, "PUT", support, {"displayName": "Support", **bad}, named)


@pytest.mark.parametrize(("bad", "named"), BAD_PATCHES)
def test_a_bad_patch_is_refused_by_name(
    directory: Directory, ben: str, bad: Any, named: str
) -> None:
    assert_refused(directory, "PATCH", ben, bad, named)


@pytest.mark.parametrize("character", ["\u0000", "\ud800"])
@pytest.mark.parametrize("parameter", ["filter", "sortBy", "attributes", "cursor", "count"])
def test_a_character_that_no_store_takes_is_no_failure(
    directory: Directory, parameter: str, character: str
) -> None:
    texts = {"filter": f'userName eq "{character}"'}
    escaped = json.dumps({parameter: texts.get(parameter, f"a{character}")}).encode()

    answer = directory.send("POST", "/Users/.search", escaped)

    assert answer.status in {200, 400}
    assert answer.status == 400 or answer.body["totalResults"] == 4


@pytest.mark.parametrize(
    "query",
    [
        "filter=userName%20eq%20%22%00%22",
        "sortBy=%00",
        "count=%00",
        "cursor=%00",
        "filter=%ff",
        "%00=%00",
        "attributes=%ED%A0%80",
    ],
)
def test_a_query_that_no_store_takes_is_no_failure(directory: Directory, query: str) -> None:
    assert directory.get(f"/Users?{query}").status in {200, 400}


@pytest.mark.parametrize("header", ["If-Match", "If-None-Match"])
@pytest.mark.parametrize("value", ["", ",,,", "W/", '"' * 1_000, "é"])
def test_an_odd_precondition_is_no_failure(
    directory: Directory, ben: str, header: str, value: str
) -> None:
    read = directory.send("GET", ben, headers={header: value})
    written = directory.patch(ben, operation("add", "title", "x"), headers={header: value})

    assert read.status in {200, 304}
    assert written.status in {200, 412}
