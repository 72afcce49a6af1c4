"""PATCH /Users/<id> (RFC 7644 §3.5.2): what it does to the person, seen from outside."""

from __future__ import annotations

from typing import Any

import pytest

from scim_provisioning.protocol import urns
from tests.api.client import NOBODY, Directory, operation
from workspace.models import Member

MANAGER = f"{urns.ENTERPRISE_USER}:manager"


@pytest.fixture
def ada(directory: Directory) -> dict[str, Any]:
    return directory.create_user(
        "ada@acme.example",
        name={"givenName": "Ada", "familyName": "Lovelace"},
        displayName="Ada Lovelace",
        title="Engineer",
        emails=[{"value": "ada@acme.example", "type": "work", "primary": True}],
    )


def test_operations_are_applied_in_their_order(directory: Directory, ada: dict[str, Any]) -> None:
    answer = directory.patch(
        f"/Users/{ada['id']}",
        operation("replace", "title", "Analyst"),
        operation("add", value={"nickName": "Countess", "name.familyName": "King"}),
        operation("remove", "displayName"),
        operation("replace", "title", "Director"),
    )

    assert answer.status == 200
    assert answer.body["title"] == "Director"
    assert answer.body["nickName"] == "Countess"
    assert answer.body["name"] == {"givenName": "Ada", "familyName": "King"}
    assert "displayName" not in answer.body
    assert directory.get(f"/Users/{ada['id']}").body == answer.body


def test_the_member_follows(directory: Directory, ada: dict[str, Any]) -> None:
    directory.patch(
        f"/Users/{ada['id']}",
        operation("replace", "displayName", "Ada King"),
        operation("replace", 'emails[type eq "work"].value', "ada.king@acme.example"),
    )

    assert Member.objects.get(email="ada.king@acme.example").name == "Ada King"


def test_the_answer_holds_what_was_asked_for(directory: Directory, ada: dict[str, Any]) -> None:
    answer = directory.send(
        "PATCH",
        f"/Users/{ada['id']}",
        {"schemas": [urns.PATCH_OP], "Operations": [operation("replace", "title", "Analyst")]},
        query={"attributes": "title"},
    )

    assert answer.body == {"schemas": [urns.USER], "id": ada["id"], "title": "Analyst"}


def test_an_empty_list_of_operations_changes_nothing(
    directory: Directory, ada: dict[str, Any]
) -> None:
    answer = directory.patch(f"/Users/{ada['id']}")

    assert answer.status == 200
    assert answer.body == ada


@pytest.mark.parametrize("name", ["id", "meta.created", "groups", f"{MANAGER}.displayName"])
def test_what_is_read_only_is_refused_by_name(
    directory: Directory, ada: dict[str, Any], name: str
) -> None:
    """RFC 7644 §3.5.2: a MUST for read-only attributes."""
    answer = directory.patch(f"/Users/{ada['id']}", operation("replace", name, "x"))

    assert answer.outcome == (400, "mutability")
    assert name in answer.body["detail"]
    assert directory.get(f"/Users/{ada['id']}").body == ada


@pytest.mark.parametrize(
    ("refused", "scim_type", "named"),
    [
        (operation("replace", "shoeSize", 43), "invalidPath", "shoeSize"),
        (operation("replace", "name.[", "x"), "invalidPath", "path"),
        (operation("remove"), "noTarget", "path"),
        (operation("replace", "active", "perhaps"), "invalidValue", "active"),
        (operation("replace", "userName", ""), "invalidValue", "userName"),
        (operation("remove", "userName"), "invalidValue", "userName"),
        (operation("add", "title"), "invalidValue", "value"),
        (operation("replace", 'emails[type eq "x"', "y"), "invalidPath", "path"),
        (operation("move", "title", "x"), "invalidSyntax", "op"),
        (operation("replace", "emails[type gt true].value", "x"), "invalidFilter", "emails.type"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(
    directory: Directory,
    ada: dict[str, Any],
    refused: dict[str, object],
    scim_type: str,
    named: str,
) -> None:
    """RFC 7644 §3.12, table 9."""
    answer = directory.patch(
        f"/Users/{ada['id']}", operation("replace", "title", "Analyst"), refused
    )

    assert answer.outcome == (400, scim_type)
    assert named in answer.body["detail"]
    assert directory.get(f"/Users/{ada['id']}").body == ada


def test_the_name_of_somebody_else_is_a_conflict(directory: Directory, ada: dict[str, Any]) -> None:
    directory.create_user("zoe")

    answer = directory.patch(f"/Users/{ada['id']}", operation("replace", "userName", "Zoe"))

    assert answer.outcome == (409, "uniqueness")
    assert directory.get(f"/Users/{ada['id']}").body == ada


def test_a_manager_may_be_somebody_unknown(directory: Directory, ada: dict[str, Any]) -> None:
    answer = directory.patch(f"/Users/{ada['id']}", operation("add", MANAGER, NOBODY))

    assert answer.status == 200
    assert answer.body[urns.ENTERPRISE_USER]["manager"] == {"value": NOBODY}


def test_nobody_is_nowhere(directory: Directory) -> None:
    assert directory.patch(f"/Users/{NOBODY}", operation("remove", "title")).status == 404
