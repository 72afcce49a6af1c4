"""Groups created, renamed, replaced and deleted (RFC 7644 §3.3, §3.5, §3.6)."""

from __future__ import annotations

import pytest

from scim_provisioning.protocol import urns
from tests import people
from tests.api.client import NOBODY, Directory, operation
from workspace.models import Group


def test_the_answer_to_a_creation_is_the_whole_group(directory: Directory) -> None:
    zoe = directory.create_user("zoe")

    answer = directory.post(
        "/Groups",
        {
            "schemas": [urns.GROUP],
            "displayName": "Pilots",
            "externalId": "g-1",
            "members": [{"value": zoe["id"], "display": "Zoe", "$ref": "ignored"}],
        },
    )

    meta, id = answer.body.pop("meta"), answer.body.pop("id")
    assert answer.status == 201
    assert answer.body == {
        "schemas": [urns.GROUP],
        "externalId": "g-1",
        "displayName": "Pilots",
        "members": [{"value": zoe["id"], "$ref": zoe["meta"]["location"], "type": "User"}],
    }
    assert meta["resourceType"] == "Group"
    assert meta["location"] == f"{directory.connection.base_url}/Groups/{id}"
    assert meta["created"] == meta["lastModified"]
    assert answer.headers["Location"] == meta["location"]
    assert answer.headers["ETag"] == meta["version"]


def test_an_empty_group_shows_that_it_is_empty(directory: Directory) -> None:
    answer = directory.post("/Groups", {"displayName": "Pilots"})

    assert answer.status == 201
    assert answer.body["members"] == []


def test_a_group_from_before_is_adopted_by_its_name(
    directory: Directory, acme: people.Acme
) -> None:
    shown = directory.group_id("Support")

    answer = directory.post("/Groups", {"displayName": "SUPPORT", "externalId": "g-1"})

    assert answer.status == 201
    assert answer.body["id"] == shown
    assert len(answer.body["members"]) == 1
    assert Group.objects.get(pk=acme.support.pk).name == "SUPPORT"
    assert Group.objects.filter(name_key="support").count() == 1


@pytest.mark.parametrize(
    ("duplicate", "named"),
    [
        ({"displayName": "pILOTS"}, "displayName"),
        ({"displayName": "Other", "externalId": "g-1"}, "externalId"),
    ],
)
def test_a_group_that_the_directory_has_already_is_a_conflict(
    directory: Directory, duplicate: dict[str, object], named: str
) -> None:
    directory.create_group("Pilots", externalId="g-1")

    answer = directory.post("/Groups", duplicate)

    assert answer.outcome == (409, "uniqueness")
    assert answer.body["detail"].startswith(f"{named}: ")


@pytest.mark.parametrize("verb", ["PUT", "PATCH"])
def test_the_name_of_another_group_is_a_conflict(directory: Directory, verb: str) -> None:
    directory.create_group("Pilots")
    crew = directory.create_group("Crew")
    path = f"/Groups/{crew['id']}"

    if verb == "PUT":
        answer = directory.put(path, {"displayName": "PILOTS"})
    else:
        answer = directory.patch(path, operation("replace", "displayName", "PILOTS"))

    assert answer.outcome == (409, "uniqueness")
    assert directory.get(path).body == crew


def test_a_rename_reaches_the_product(directory: Directory, acme: people.Acme) -> None:
    support = directory.group_id("Support")

    answer = directory.patch(
        f"/Groups/{support}", operation("replace", value={"id": support, "displayName": "Helpers"})
    )

    assert answer.status == 204
    assert Group.objects.get(pk=acme.support.pk).name == "Helpers"
    assert directory.group_id("helpers") == support


def test_a_put_makes_the_group_what_it_says(directory: Directory) -> None:
    zoe, bob = directory.create_user("zoe"), directory.create_user("bob")
    group = directory.create_group("Pilots", zoe["id"], externalId="g-1")

    answer = directory.put(
        f"/Groups/{group['id']}", {"displayName": "Crew", "members": [{"value": bob["id"]}]}
    )

    assert answer.status == 200
    assert answer.body["displayName"] == "Crew"
    assert "externalId" not in answer.body
    assert [each["value"] for each in answer.body["members"]] == [bob["id"]]


@pytest.mark.parametrize(("members", "left"), [({}, 1), ({"members": []}, 0)])
def test_a_put_empties_a_group_only_when_it_says_so(
    directory: Directory, members: dict[str, object], left: int
) -> None:
    zoe = directory.create_user("zoe")
    group = directory.create_group("Pilots", zoe["id"])

    directory.put(f"/Groups/{group['id']}", {"displayName": "Pilots", **members})

    assert len(directory.member_ids(group["id"])) == left


def test_a_deleted_group_is_gone_and_its_name_free(directory: Directory) -> None:
    zoe = directory.create_user("zoe")
    group = directory.create_group("Pilots", zoe["id"])
    path = f"/Groups/{group['id']}"

    deleted = directory.delete(path)

    assert (deleted.status, deleted.body) == (204, None)
    assert [directory.get(path).status, directory.delete(path).status] == [404, 404]
    assert directory.find("/Groups", 'displayName eq "Pilots"') == []
    assert "groups" not in directory.get(f"/Users/{zoe['id']}").body
    assert directory.create_group("Pilots")["id"] != group["id"]


def test_a_deleted_group_is_kept_in_the_archive(directory: Directory, acme: people.Acme) -> None:
    directory.delete(f"/Groups/{directory.group_id('Support')}")

    assert Group.objects.get(pk=acme.support.pk).archived_at is not None


def test_a_group_needs_a_name(directory: Directory) -> None:
    answer = directory.post("/Groups", {"schemas": [urns.GROUP]})

    assert answer.outcome == (400, "invalidValue")
    assert answer.body["detail"] == "displayName is required."


def test_a_group_that_is_nowhere_is_not_found(directory: Directory) -> None:
    path = f"/Groups/{NOBODY}"

    assert directory.put(path, {"displayName": "Pilots"}).status == 404
    assert directory.patch(path, operation("remove", "members")).status == 404
    assert directory.delete(path).status == 404
