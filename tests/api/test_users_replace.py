"""PUT /Users/<id> (RFC 7644 §3.5.1)."""

from __future__ import annotations

from typing import Any

import pytest

from scim_provisioning.protocol import urns
from tests.api.client import NOBODY, Directory
from workspace.models import Member

ADA: dict[str, Any] = {
    "userName": "ada@acme.example",
    "externalId": "00uADA",
    "displayName": "Ada Lovelace",
    "title": "Engineer",
    "emails": [{"value": "ada@acme.example", "type": "work", "primary": True}],
    urns.ENTERPRISE_USER: {"department": "R&D"},
}


@pytest.fixture
def ada(directory: Directory) -> dict[str, Any]:
    return directory.create_user(
        ADA["userName"], **{name: ADA[name] for name in ADA if name != "userName"}
    )


def test_what_is_left_out_is_cleared(directory: Directory, ada: dict[str, Any]) -> None:
    answer = directory.put(
        f"/Users/{ada['id']}",
        {"userName": "ada@acme.example", "emails": ADA["emails"], "displayName": "Ada King"},
    )

    assert answer.status == 200
    assert answer.body["displayName"] == "Ada King"
    assert {"title", "externalId", urns.ENTERPRISE_USER}.isdisjoint(answer.body)
    assert directory.get(f"/Users/{ada['id']}").body == answer.body


def test_the_member_follows(directory: Directory, ada: dict[str, Any]) -> None:
    directory.put(
        f"/Users/{ada['id']}",
        {
            **ADA,
            "displayName": "Ada King",
            "emails": [{"value": "ada.king@acme.example", "primary": True}],
        },
    )

    member = Member.objects.get(email="ada.king@acme.example")
    assert member.name == "Ada King"


def test_an_answer_can_be_sent_back_as_it_came(directory: Directory, ada: dict[str, Any]) -> None:
    """RFC 7644 §3.5.1: read-only attributes in a PUT are ignored."""
    group = directory.create_group("Pilots", ada["id"])
    shown = directory.get(f"/Users/{ada['id']}").body

    answer = directory.put(f"/Users/{ada['id']}", shown)

    assert answer.status == 200
    assert answer.body == shown
    assert directory.member_ids(group["id"]) == {ada["id"]}


def test_other_ids_and_groups_in_the_body_say_nothing(
    directory: Directory, ada: dict[str, Any]
) -> None:
    answer = directory.put(
        f"/Users/{ada['id']}",
        {**ADA, "id": None, "meta": {"version": "x"}, "groups": [{"value": NOBODY}]},
    )

    assert answer.status == 200
    assert answer.body["id"] == ada["id"]
    assert "groups" not in answer.body


@pytest.mark.parametrize("active", [True, False])
def test_without_active_nobody_is_switched(
    directory: Directory, ada: dict[str, Any], active: bool
) -> None:
    directory.put(f"/Users/{ada['id']}", {**ADA, "active": active})

    answer = directory.put(f"/Users/{ada['id']}", ADA)

    assert answer.body["active"] is active


def test_null_is_the_same_as_absent(directory: Directory, ada: dict[str, Any]) -> None:
    """RFC 7643 §2.5."""
    answer = directory.put(f"/Users/{ada['id']}", {**ADA, "title": None, "active": None})

    assert "title" not in answer.body
    assert answer.body["active"] is True


def test_the_name_is_required(directory: Directory, ada: dict[str, Any]) -> None:
    answer = directory.put(f"/Users/{ada['id']}", {"displayName": "Ada King"})

    assert answer.outcome == (400, "invalidValue")
    assert answer.body["detail"] == "userName is required."
    assert directory.get(f"/Users/{ada['id']}").body == ada


@pytest.mark.parametrize(
    ("taken", "named"),
    [
        ({"userName": "ZOE"}, "userName"),
        ({"externalId": "00uZOE"}, "externalId"),
        ({"emails": [{"value": "Zoe@Acme.example"}]}, "emails"),
    ],
)
def test_the_name_of_somebody_else_is_a_conflict(
    directory: Directory, ada: dict[str, Any], taken: dict[str, object], named: str
) -> None:
    directory.create_user("zoe", externalId="00uZOE", emails=[{"value": "zoe@acme.example"}])

    answer = directory.put(f"/Users/{ada['id']}", {**ADA, **taken})

    assert answer.outcome == (409, "uniqueness")
    assert answer.body["detail"].startswith(f"{named}: ")
    assert directory.get(f"/Users/{ada['id']}").body == ada


def test_one_s_own_name_is_no_conflict(directory: Directory, ada: dict[str, Any]) -> None:
    answer = directory.put(f"/Users/{ada['id']}", {**ADA, "userName": "ADA@ACME.EXAMPLE"})

    assert answer.status == 200
    assert answer.body["userName"] == "ADA@ACME.EXAMPLE"


def test_a_put_creates_nobody(directory: Directory) -> None:
    """RFC 7644 §3.5.1: PUT is not used to create."""
    before = Member.objects.count()

    answer = directory.put(f"/Users/{NOBODY}", ADA)

    assert answer.status == 404
    assert Member.objects.count() == before
