"""People who were members before SCIM: found at once, adopted on the first write."""

from __future__ import annotations

import pytest

from scim_provisioning import connections
from scim_provisioning.models import JournalEntry
from tests import people
from tests.api.client import Directory, connect, operation
from workspace.models import Member
from workspace.services import timers

BEN = {
    "userName": "ben@acme.example",
    "externalId": "00uBEN",
    "displayName": "Benjamin Member",
    "emails": [{"value": "ben@acme.example", "type": "work", "primary": True}],
}


def test_everybody_is_listed_but_the_kiosk(directory: Directory) -> None:
    listed = directory.get("/Users").body["Resources"]

    assert [each["userName"] for each in listed] == [
        "olivia@acme.example",
        "mia@acme.example",
        "ben@acme.example",
        "adam@acme.example",
    ]


def test_never_changed_means_modified_when_created(directory: Directory) -> None:
    """RFC 7643 §3.1: never modified, `lastModified` MUST equal `created`."""
    for endpoint in ("/Users", "/Groups"):
        for resource in directory.get(endpoint).body["Resources"]:
            assert resource["meta"]["created"] == resource["meta"]["lastModified"]


def test_somebody_from_before_is_shown_as_the_product_knows_them(directory: Directory) -> None:
    [ben] = directory.find("/Users", 'userName eq "BEN@acme.example"')

    assert ben["displayName"] == "Ben Member"
    assert ben["name"]["givenName"] == "Ben"
    assert ben["emails"] == [{"value": "ben@acme.example", "type": "work", "primary": True}]
    assert ben["active"] is True
    assert {each["display"] for each in ben["groups"]} == {"Engineering", "Support"}


@pytest.mark.parametrize(
    "filter",
    [
        'emails eq "Ben@acme.example"',
        'emails[type eq "work"].value eq "ben@acme.example"',
        'displayName eq "ben member"',
        'name.familyName eq "Member" and name.givenName sw "B"',
    ],
)
def test_somebody_from_before_is_found(directory: Directory, filter: str) -> None:
    assert [each["userName"] for each in directory.find("/Users", filter)] == ["ben@acme.example"]


def test_a_post_adopts_without_loss(directory: Directory, acme: people.Acme) -> None:
    timers.start_timer(member=acme.mia)
    shown = directory.user_id("mia@acme.example")

    answer = directory.post(
        "/Users", {"userName": "mia", "emails": [{"value": "mia@acme.example"}]}
    )

    mia = Member.objects.get(pk=acme.mia.pk)
    assert answer.status == 201
    assert answer.body["id"] == shown
    assert [each["display"] for each in answer.body["groups"]] == ["Engineering"]
    assert (mia.role, mia.status) == ("MANAGER", "ACTIVE")
    assert mia.user_id == acme.mia.user_id
    assert mia.time_entries.count() == 1


def test_a_post_for_whom_the_directory_has_is_a_conflict(directory: Directory) -> None:
    assert directory.post("/Users", BEN).status == 201

    answer = directory.post("/Users", BEN)

    assert answer.outcome == (409, "uniqueness")
    assert answer.body["detail"].startswith("userName: ")


@pytest.mark.parametrize("verb", ["PUT", "PATCH"])
def test_another_first_write_adopts_as_well(directory: Directory, verb: str) -> None:
    ben = directory.user_id("ben@acme.example")
    if verb == "PUT":
        directory.put(f"/Users/{ben}", BEN)
    else:
        directory.patch(f"/Users/{ben}", operation("add", "externalId", "00uBEN"))

    answer = directory.post("/Users", BEN)

    assert answer.outcome == (409, "uniqueness")
    assert directory.find("/Users", 'externalId eq "00uBEN"')[0]["id"] == ben


def test_the_journal_says_which_case_applied(directory: Directory) -> None:
    directory.post("/Users", BEN)

    entry = JournalEntry.objects.get(operation="create")
    assert "This person was a member before: the directory now manages them." in entry.notes


def test_a_kiosk_member_is_never_adopted(directory: Directory, acme: people.Acme) -> None:
    directory.post("/Users", {"userName": "Kim Kiosk", "displayName": "Kim Kiosk"})

    kim = Member.objects.get(pk=acme.kim.pk)
    assert kim.is_kiosk
    assert Member.objects.filter(name="Kim Kiosk").count() == 2


def test_reconnecting_finds_the_same_ids(directory: Directory, acme: people.Acme) -> None:
    created = directory.create_user("zoe")
    before = {each["id"] for each in directory.get("/Users").body["Resources"]}
    groups = {each["id"] for each in directory.get("/Groups").body["Resources"]}
    connections.disable(directory.connection)

    again = connect(acme.workspace)

    assert again.connection.base_url == directory.connection.base_url
    assert again.get(f"/Users/{created['id']}").headers["ETag"] == created["meta"]["version"]
    assert {each["id"] for each in again.get("/Users").body["Resources"]} == before
    assert {each["id"] for each in again.get("/Groups").body["Resources"]} == groups
