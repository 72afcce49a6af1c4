"""What went wrong elsewhere when a directory changed people; field complaints 48 to 52, 56, 60."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scim_provisioning.protocol import urns
from tests import people
from tests.api.client import Directory, operation
from workspace.models import Member

ENTERPRISE = urns.ENTERPRISE_USER


@pytest.fixture
def zoe(directory: Directory) -> dict[str, Any]:
    return directory.create_user("zoe")


def changed(directory: Directory, user: dict[str, Any], *operations: dict[str, object]) -> Any:
    answer = directory.patch(f"/Users/{user['id']}", *operations)
    assert answer.status == 200, answer.body
    return answer.body


def test_a_path_may_carry_its_schema(
    directory: Directory, acme: people.Acme, zoe: dict[str, Any]
) -> None:
    """48: Entra's schema-qualified path was answered 501, and new people came without a role."""
    body = changed(
        directory,
        zoe,
        operation("Add", f"{ENTERPRISE}:department", "R&D"),
        operation("Replace", f"{urns.USER}:name.givenName", "Zoe"),
        operation("Replace", f"{urns.USER}:title", "Pilot"),
    )

    assert body[ENTERPRISE] == {"department": "R&D"}
    assert body["name"] == {"givenName": "Zoe"}
    assert body["title"] == "Pilot"
    assert Member.objects.get(name="Zoe").role == Member.Role.MEMBER


def test_an_address_is_changed_by_its_type(directory: Directory) -> None:
    """49: `emails[type eq "work"].value` failed."""
    user = directory.create_user(
        "zed", emails=[{"value": "old@a.example", "type": "work"}, {"value": "h@a.example"}]
    )

    body = changed(
        directory, user, operation("Replace", 'emails[type eq "work"].value', "new@a.example")
    )

    assert body["emails"] == [{"value": "new@a.example", "type": "work"}, {"value": "h@a.example"}]
    assert Member.objects.filter(email="new@a.example").exists()


@pytest.mark.parametrize("op", ["add", "replace"])
def test_a_value_is_added_by_a_filter_where_none_is(
    directory: Directory, zoe: dict[str, Any], op: str
) -> None:
    """50: A filter on an empty multi-valued attribute found nothing to add to."""
    body = changed(directory, zoe, operation(op, 'emails[type eq "work"].value', "z@a.example"))

    assert body["emails"] == [{"value": "z@a.example", "type": "work"}]


def test_several_operations_make_one_value(directory: Directory, zoe: dict[str, Any]) -> None:
    """51: The same in the Keycloak plugins, where each operation would have made one of its own."""
    body = changed(
        directory,
        zoe,
        operation("Add", 'addresses[type eq "work"].locality', "Paris"),
        operation("Add", 'addresses[type eq "work"].country', "FR"),
        operation("Add", 'phoneNumbers[type eq "mobile"].value', "+33 1"),
        operation("Add", 'phoneNumbers[type eq "fax"].value', "+33 2"),
    )

    assert body["addresses"] == [{"locality": "Paris", "country": "FR", "type": "work"}]
    assert body["phoneNumbers"] == [
        {"value": "+33 1", "type": "mobile"},
        {"value": "+33 2", "type": "fax"},
    ]


@pytest.mark.parametrize(
    "filter",
    [
        'emails eq "z@a.example"',
        'emails.value eq "Z@A.example"',
        'emails[type eq "work"].value eq "z@a.example"',
        'emails[type eq "work" and value co "z@"]',
        'phoneNumbers.value eq "+33 1"',
        'phoneNumbers[type eq "mobile"].value eq "+33 1"',
        'phoneNumbers[value sw "+33"] and emails[value ew "a.example"]',
    ],
)
def test_people_are_found_by_phone_and_address(directory: Directory, filter: str) -> None:
    """52: Filters on phone numbers and e-mail addresses broke, and broke again."""
    user = directory.create_user(
        "zed",
        emails=[{"value": "z@a.example", "type": "work"}],
        phoneNumbers=[{"value": "+33 1", "type": "mobile"}],
    )

    assert [each["id"] for each in directory.find("/Users", filter)] == [user["id"]]


@pytest.mark.parametrize(
    "removal",
    [
        operation("remove", 'manager[value eq "00uBOSS"]'),
        operation("remove", f'{ENTERPRISE}:manager[value eq "00uBOSS"]'),
        operation("Remove", f"{ENTERPRISE}:manager"),
        operation("remove", f"{ENTERPRISE}:manager.value"),
        operation("Replace", f"{ENTERPRISE}:manager", ""),
        operation("Replace", f"{ENTERPRISE}:manager", {"value": ""}),
    ],
)
def test_a_manager_is_removed(directory: Directory, removal: dict[str, object]) -> None:
    """56: Entra removes a manager by a filter on the single value, which was an invalid path."""
    user = directory.create_user("zed", **{ENTERPRISE: {"manager": {"value": "00uBOSS"}}})

    body = changed(directory, user, removal)

    assert ENTERPRISE not in body


def test_another_manager_is_not_removed(directory: Directory) -> None:
    """56: nor may a filter that does not match remove whoever is there."""
    user = directory.create_user("zed", **{ENTERPRISE: {"manager": {"value": "00uBOSS"}}})

    directory.patch(f"/Users/{user['id']}", operation("remove", 'manager[value eq "00uOTHER"]'))

    assert directory.get(f"/Users/{user['id']}").body[ENTERPRISE] == {
        "manager": {"value": "00uBOSS"}
    }


def test_roles_read_the_same_however_they_were_sent(
    directory: Directory, zoe: dict[str, Any]
) -> None:
    """60: Entra sends a role in one form when it creates and in another when it patches."""
    created = directory.create_user("zed", roles=[{"value": "Admin", "primary": "True"}])

    patched = changed(directory, zoe, operation("Add", 'roles[primary eq "True"].value', "Admin"))

    assert created["roles"] == patched["roles"] == [{"value": "Admin", "primary": True}]


def test_a_role_in_json_text_is_kept_and_gives_no_rights(
    directory: Directory, zoe: dict[str, Any]
) -> None:
    """60: Entra's multi-role form holds JSON within the text of a value."""
    role = json.dumps({"id": "1", "value": "OWNER", "displayName": "Owner"})

    body = changed(directory, zoe, operation("Add", "roles", [{"value": role}]))

    assert body["roles"] == [{"value": role}]
    assert Member.objects.get(name="zoe").role == Member.Role.MEMBER
