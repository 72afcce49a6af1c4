"""POST /Users (RFC 7644 §3.3)."""

from __future__ import annotations

import pytest

from scim_provisioning.protocol import urns
from tests import people
from tests.api.client import Directory
from workspace.models import Member

ADA = {
    "schemas": [urns.USER, urns.ENTERPRISE_USER],
    "userName": "ada@acme.example",
    "externalId": "00uADA",
    "name": {"givenName": "Ada", "familyName": "Lovelace"},
    "displayName": "Ada Lovelace",
    "title": "Engineer",
    "active": True,
    "emails": [{"value": "ada@acme.example", "type": "work", "primary": True}],
    "phoneNumbers": [{"value": "+49 30 1234", "type": "mobile"}],
    "timezone": "Europe/Berlin",
    "locale": "de-DE",
    "roles": [{"value": "auditor"}],
    urns.ENTERPRISE_USER: {"department": "R&D", "employeeNumber": "7"},
}


def test_the_answer_is_the_whole_resource(directory: Directory) -> None:
    """RFC 7644 §3.3, RFC 7643 §3.1."""
    answer = directory.post("/Users", ADA)

    meta = answer.body.pop("meta")
    location = f"{directory.connection.base_url}/Users/{answer.body.pop('id')}"
    assert answer.status == 201
    assert answer.body == ADA
    assert meta["resourceType"] == "User"
    assert meta["location"] == location
    assert meta["created"] == meta["lastModified"]
    assert answer.headers["Location"] == location
    assert answer.headers["ETag"] == meta["version"]
    assert answer.headers["Content-Type"] == "application/scim+json"


def test_the_person_is_a_member_at_once(directory: Directory, acme: people.Acme) -> None:
    directory.post("/Users", ADA)

    ada = Member.objects.get(workspace=acme.workspace, email="ada@acme.example")
    assert (ada.name, ada.role, ada.status) == ("Ada Lovelace", "MEMBER", "ACTIVE")
    assert (ada.timezone, ada.timezone_set_by) == ("Europe/Berlin", "DIRECTORY")


def test_a_person_is_found_as_soon_as_created(directory: Directory) -> None:
    created = directory.post("/Users", ADA).body

    assert directory.get(f"/Users/{created['id']}").body == created
    assert directory.find("/Users", 'externalId eq "00uADA"') == [created]


def test_a_name_alone_is_enough(directory: Directory) -> None:
    answer = directory.post("/Users", {"userName": "zoe"})

    assert answer.status == 201
    assert answer.body["userName"] == "zoe"
    assert answer.body["active"] is True


def test_read_only_attributes_are_ignored(directory: Directory) -> None:
    """RFC 7644 §3.3: the client's id, meta and groups have no say."""
    answer = directory.post(
        "/Users",
        {
            "userName": "zoe",
            "id": "chosen-by-me",
            "meta": {"resourceType": "Duck"},
            "groups": [{"value": directory.group_id("Support")}],
        },
    )

    assert answer.status == 201
    assert answer.body["id"] != "chosen-by-me"
    assert answer.body["meta"]["resourceType"] == "User"
    assert "groups" not in answer.body


def test_a_password_is_taken_and_forgotten(directory: Directory, acme: people.Acme) -> None:
    answer = directory.post("/Users", {**ADA, "password": "t1meMa$heen"})

    ada = Member.objects.get(workspace=acme.workspace, email="ada@acme.example")
    assert answer.status == 201
    assert "password" not in answer.body
    assert ada.user is not None
    assert not ada.user.has_usable_password()


def test_roles_give_no_rights(directory: Directory, acme: people.Acme) -> None:
    directory.post("/Users", {**ADA, "roles": [{"value": "OWNER", "primary": True}]})

    ada = Member.objects.get(workspace=acme.workspace, email="ada@acme.example")
    assert ada.role == Member.Role.MEMBER
    assert ada.user is not None
    assert not (ada.user.is_staff or ada.user.is_superuser)


def test_a_person_created_inactive_has_no_access(directory: Directory, acme: people.Acme) -> None:
    answer = directory.post("/Users", {**ADA, "active": "False"})

    ada = Member.objects.get(workspace=acme.workspace, email="ada@acme.example")
    assert answer.body["active"] is False
    assert ada.status == Member.Status.INACTIVE


def test_what_is_unknown_is_ignored(directory: Directory) -> None:
    body = {**ADA, "shoeSize": 43, "urn:example:custom:2.0:User": {"badge": "x"}}

    answer = directory.post("/Users", body)

    assert answer.status == 201
    assert "shoeSize" not in answer.body
    assert "urn:example:custom:2.0:User" not in answer.body


@pytest.mark.parametrize(
    ("duplicate", "named"),
    [
        ({"userName": "ADA@acme.example"}, "userName"),
        ({"userName": "ａｄａ@acme.example"}, "userName"),
        ({"userName": "other", "externalId": "00uADA"}, "externalId"),
        ({"userName": "other", "emails": [{"value": "Ada@Acme.example"}]}, "emails"),
    ],
)
def test_whom_the_directory_has_already_is_a_conflict(
    directory: Directory, duplicate: dict[str, object], named: str
) -> None:
    """RFC 7644 §3.3: 409 with scimType uniqueness."""
    directory.post("/Users", ADA)
    before = Member.objects.count()

    answer = directory.post("/Users", duplicate)

    assert answer.outcome == (409, "uniqueness")
    assert answer.body["detail"].startswith(f"{named}: ")
    assert "ada" not in answer.body["detail"].lower()
    assert Member.objects.count() == before


def test_an_inactive_person_keeps_the_name(directory: Directory) -> None:
    directory.post("/Users", {**ADA, "active": False})

    assert directory.post("/Users", ADA).outcome == (409, "uniqueness")


def test_the_answer_holds_what_was_asked_for(directory: Directory) -> None:
    """RFC 7644 §3.9."""
    answer = directory.send("POST", "/Users", ADA, query={"attributes": "userName"})

    assert answer.status == 201
    assert answer.body.keys() == {"schemas", "id", "userName"}


def test_the_answer_says_where_the_resource_is_whatever_was_asked_for(
    directory: Directory,
) -> None:
    """RFC 7644 §3.3: the Location header is part of a 201, with or without `meta` in the body."""
    answer = directory.send("POST", "/Users", ADA, query={"attributes": "userName"})

    expected = f"{directory.connection.base_url}/Users/{answer.body['id']}"
    assert answer.headers["Location"] == expected
    assert answer.headers["ETag"]


def test_every_seat_taken_is_a_refusal(directory: Directory, acme: people.Acme) -> None:
    acme.workspace.seat_limit = 4
    acme.workspace.save()

    answer = directory.post("/Users", ADA)

    assert answer.status == 403
    assert "seat" in answer.body["detail"]
    assert not Member.objects.filter(email="ada@acme.example").exists()
