"""A bound filter is evaluated on a representation (RFC 7644 §3.4.2.2, table 3)."""

from __future__ import annotations

from typing import Any

import pytest

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.filters import ElementMatch, parse_filter
from scim_provisioning.protocol.matching import matches, select
from scim_provisioning.protocol.schemas import USER_TYPE

CAROL: dict[str, Any] = {
    "schemas": [urns.USER, urns.ENTERPRISE_USER],
    "id": "Ab1",
    "userName": "Carol@Example.com",
    "name": {"familyName": "Straße"},
    "active": True,
    "emails": [
        {"value": "carol@example.com", "type": "work", "primary": True},
        {"value": "carol@home.example", "type": "home"},
    ],
    "roles": [],
    urns.ENTERPRISE_USER: {"department": "R&D", "manager": {"value": "b0ss"}},
    "meta": {"created": "2026-01-02T03:04:05Z"},
}

TRUE = [
    'userName eq "carol@example.COM"',
    'name.familyName eq "STRASSE"',
    'name.familyName co "ass"',
    'userName sw "CAROL"',
    'userName ew ".com"',
    'userName gt "bob"',
    'userName le "dave"',
    'id eq "Ab1"',
    "active eq true",
    'title ne "x"',
    "not (title pr)",
    "title eq null",
    "name pr",
    "emails pr",
    "not (roles pr)",
    'emails co "home.example"',
    'emails[type eq "home" and value ew "home.example"]',
    'emails[primary ne true and type eq "home"]',
    f'schemas eq "{urns.USER}"',
    'department eq "r&d"',
    'manager eq "b0ss"',
    'meta.created lt "2026-01-02T05:04:05+01:00"',
    'title eq "x" or active eq true',
]
FALSE = [
    'id eq "ab1"',
    'manager eq "B0SS"',
    'title eq "x"',
    'title co ""',
    'title gt ""',
    'emails ne "carol@example.com"',
    'emails[type eq "home" and value ew "example.com"]',
    'emails[primary eq true and type eq "home"]',
    "active eq false",
    'meta.created gt "2026-01-02T05:04:05+01:00"',
    "shoeSize ne 42",
    'title eq "x" and active eq true',
]


@pytest.mark.parametrize("text", TRUE)
def test_a_filter_that_fits_matches(text: str) -> None:
    assert matches(parse_filter(text, USER_TYPE), CAROL)


@pytest.mark.parametrize("text", FALSE)
def test_a_filter_that_does_not_fit_does_not_match(text: str) -> None:
    assert not matches(parse_filter(text, USER_TYPE), CAROL)


def test_elements_are_selected_by_position() -> None:
    node = parse_filter('emails[type eq "HOME" or primary eq "True"]', USER_TYPE)
    assert isinstance(node, ElementMatch)

    found = select([{"type": "other"}, *CAROL["emails"]], node.condition)

    assert found == [1, 2]
