"""PATCH paths name a place in the attribute table (RFC 7644 §3.5.2)."""

from __future__ import annotations

import pytest

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.errors import InvalidFilter, InvalidPath
from scim_provisioning.protocol.paths import (
    MAX_PATH_LENGTH,
    PatchPath,
    SchemaPath,
    UnknownPath,
    parse_path,
)
from scim_provisioning.protocol.schemas import ENTERPRISE_USER, GROUP_TYPE, USER, USER_TYPE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("displayName", "displayName"),
        ("DisplayName", "displayName"),
        ("NAME.givenname", "name.givenName"),
        (f"{urns.USER}:name.givenName", "name.givenName"),
        ("emails.value", "emails.value"),
        ("externalId", "externalId"),
        (f"{urns.ENTERPRISE_USER}:department", f"{urns.ENTERPRISE_USER}:department"),
        (f"{urns.ENTERPRISE_USER}:manager.VALUE", f"{urns.ENTERPRISE_USER}:manager.value"),
        ("manager", f"{urns.ENTERPRISE_USER}:manager"),
    ],
)
def test_names_are_found_in_any_spelling(text: str, name: str) -> None:
    path = parse_path(text, USER_TYPE)

    assert isinstance(path, PatchPath)
    assert (path.target.name, path.condition) == (name, None)


def test_a_condition_and_the_part_behind_it_are_kept_apart() -> None:
    path = parse_path('addresses[type eq "work"].streetAddress', USER_TYPE)

    assert isinstance(path, PatchPath)
    assert path.target.name == "addresses"
    assert path.condition is not None
    assert path.leaf.name == "streetAddress"


def test_a_condition_without_blanks_is_read() -> None:
    """RFC 7644 §3.5.2.2 itself writes `members[value eq"…"]`."""
    path = parse_path('members[value eq"2819c223"]', GROUP_TYPE)

    assert isinstance(path, PatchPath)
    assert path.condition is not None


def test_a_bare_urn_is_the_schema() -> None:
    assert parse_path(urns.ENTERPRISE_USER, USER_TYPE) == SchemaPath(schema=ENTERPRISE_USER)
    assert parse_path(urns.USER.upper(), USER_TYPE) == SchemaPath(schema=USER)


@pytest.mark.parametrize(
    ("text", "is_foreign"),
    [
        ("shoeSize", False),
        ("name.shoeSize", False),
        ('emails[type eq "work"].shoeSize', False),
        (f"{urns.ENTERPRISE_USER}:shoeSize", False),
        ("urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User:tag", True),
    ],
)
def test_unknown_names_are_told_from_foreign_schemas(text: str, is_foreign: bool) -> None:
    path = parse_path(text, USER_TYPE)

    assert isinstance(path, UnknownPath)
    assert path.is_foreign is is_foreign


@pytest.mark.parametrize(
    "text",
    [
        "emails[type eq",
        "emails[]",
        "emails..value",
        "name.givenName.first",
        'emails[type eq "work"].value.x',
        'emails eq "x"',
        "emails pr",
        'userName[value eq "x"]',
        'name[givenName eq "x"].familyName',
        "user name",
        "a" * (MAX_PATH_LENGTH + 1),
        "emails[" + "(" * 200 + "type pr" + ")" * 200 + "]",
    ],
)
def test_a_broken_path_is_refused(text: str) -> None:
    """RFC 7644 §3.12: invalidPath."""
    with pytest.raises(InvalidPath):
        parse_path(text, USER_TYPE)


def test_a_condition_that_does_not_fit_its_attribute_is_an_invalid_filter() -> None:
    """RFC 7644 §3.12: invalidFilter is also for the filter in a PATCH path."""
    with pytest.raises(InvalidFilter):
        parse_path("emails[primary gt true]", USER_TYPE)
