"""DELETE /Users/<id>, and the same person coming back (RFC 7644 §3.6)."""

from __future__ import annotations

import pytest

from tests import people
from tests.api.client import Directory, operation
from workspace.models import Member
from workspace.services import members_by_hand

MIA = {"userName": "mia@acme.example", "emails": [{"value": "mia@acme.example"}]}


@pytest.fixture
def mia(directory: Directory) -> str:
    return directory.user_id("mia@acme.example")


def test_the_resource_is_gone_in_every_verb(directory: Directory, mia: str) -> None:
    """RFC 7644 §3.6: 404 for all operations on the deleted resource."""
    deleted = directory.delete(f"/Users/{mia}")

    after = [
        directory.get(f"/Users/{mia}"),
        directory.put(f"/Users/{mia}", MIA),
        directory.patch(f"/Users/{mia}", operation("replace", "title", "x")),
        directory.delete(f"/Users/{mia}"),
    ]
    assert (deleted.status, deleted.body) == (204, None)
    assert [each.status for each in after] == [404, 404, 404, 404]
    assert directory.find("/Users", 'userName eq "mia@acme.example"') == []
    assert directory.find("/Users", f'id eq "{mia}"') == []


def test_the_member_is_kept_without_rights(
    directory: Directory, acme: people.Acme, mia: str
) -> None:
    directory.delete(f"/Users/{mia}")

    member = Member.objects.get(pk=acme.mia.pk)
    assert (member.status, member.role) == ("INACTIVE", "MEMBER")
    assert mia not in directory.member_ids(directory.group_id("Engineering"))


def test_the_same_member_returns_under_a_new_id(
    directory: Directory, acme: people.Acme, mia: str
) -> None:
    directory.delete(f"/Users/{mia}")

    answer = directory.post("/Users", MIA)

    member = Member.objects.get(pk=acme.mia.pk)
    assert answer.status == 201
    assert answer.body["id"] != mia
    assert answer.body["active"] is True
    assert "groups" not in answer.body
    assert (member.status, member.role) == ("ACTIVE", "MEMBER")
    assert Member.objects.filter(email="mia@acme.example").count() == 1
    assert directory.get(f"/Users/{mia}").status == 404


def test_who_returns_has_forgotten_what_the_directory_said(directory: Directory, mia: str) -> None:
    directory.put(f"/Users/{mia}", {**MIA, "externalId": "00uMIA", "title": "Boss"})
    directory.delete(f"/Users/{mia}")

    answer = directory.post("/Users", MIA)

    assert {"externalId", "title"}.isdisjoint(answer.body)


def test_created_is_when_the_resource_was_made(directory: Directory) -> None:
    """RFC 7643 §3.1: never modified, `lastModified` MUST equal `created`."""
    first = directory.create_user("zoe@acme.example", emails=[{"value": "zoe@acme.example"}])
    directory.delete(f"/Users/{first['id']}")

    second = directory.create_user("zoe@acme.example", emails=[{"value": "zoe@acme.example"}])

    assert second["meta"]["created"] == second["meta"]["lastModified"]
    assert second["meta"]["created"] > first["meta"]["created"]


def test_who_was_blocked_by_hand_returns_blocked(
    directory: Directory, acme: people.Acme, mia: str
) -> None:
    members_by_hand.block_member(member=acme.mia, by=acme.olivia)
    directory.delete(f"/Users/{mia}")

    answer = directory.post("/Users", MIA)

    assert answer.status == 201
    assert answer.body["active"] is False
    assert Member.objects.get(pk=acme.mia.pk).status == Member.Status.INACTIVE


def test_a_freed_name_may_go_to_somebody_new(directory: Directory, acme: people.Acme) -> None:
    first = directory.create_user("zoe", emails=[{"value": "zoe.old@acme.example"}])
    directory.delete(f"/Users/{first['id']}")

    second = directory.create_user("zoe", emails=[{"value": "zoe.new@acme.example"}])

    emails = Member.objects.filter(email__startswith="zoe.").values_list("email", "status")
    assert second["id"] != first["id"]
    assert set(emails) == {
        ("zoe.old@acme.example", "INACTIVE"),
        ("zoe.new@acme.example", "ACTIVE"),
    }


def test_groups_are_given_anew(directory: Directory, mia: str) -> None:
    group = directory.create_group("Pilots", mia)
    directory.delete(f"/Users/{mia}")
    back = directory.post("/Users", MIA).body

    directory.patch(f"/Groups/{group['id']}", operation("add", "members", [{"value": back["id"]}]))

    assert directory.member_ids(group["id"]) == {back["id"]}
