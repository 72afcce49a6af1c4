"""People: who is managed, who drifts, whose word counts, and the way of each request."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from scim_provisioning import connections
from tests import people
from tests.console.conftest import PAGE
from tests.console.directory import Directory
from workspace.models import Member
from workspace.services import members_by_hand, timezones

PEOPLE = f"{PAGE}people/"


@pytest.fixture
def zoe(directory: Directory) -> str:
    """Zoe's SCIM id; the directory says that she lives in Berlin."""
    return directory.add("zoe@acme.example", displayName="Zoe Zed", timezone="Europe/Berlin")


def member(email: str) -> Member:
    return Member.objects.get(email=email)


def listed(client: Client, query: str = "") -> list[str]:
    return [line.name for line in client.get(f"{PEOPLE}{query}").context["people"].lines]


@pytest.mark.usefixtures("zoe")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Adam Admin", "Ben Member", "Mia Manager", "Olivia Owner", "Zoe Zed"]),
        ("?state=managed", ["Zoe Zed"]),
        ("?state=unmanaged", ["Adam Admin", "Ben Member", "Mia Manager", "Olivia Owner"]),
        ("?state=removed", []),
        ("?text=ZED", ["Zoe Zed"]),
        ("?text=mia@", ["Mia Manager"]),
        (
            "?state=sideways&page=x",
            ["Adam Admin", "Ben Member", "Mia Manager", "Olivia Owner", "Zoe Zed"],
        ),
    ],
)
def test_the_list_shows_who_is_asked_for(query: str, names: list[str], owner: Client) -> None:
    assert listed(owner, query) == names


def test_whom_the_directory_removed_is_listed_apart(
    owner: Client, directory: Directory, zoe: str
) -> None:
    directory.send("DELETE", f"/Users/{zoe}")

    assert listed(owner, "?state=removed") == ["Zoe Zed"]
    assert "Zoe Zed" not in listed(owner)


def test_whom_an_administrator_has_blocked_drifts(
    owner: Client, zoe: str, acme: people.Acme
) -> None:
    assert listed(owner, "?state=drifting") == []

    members_by_hand.block_member(member=member("zoe@acme.example"), by=acme.olivia)

    assert listed(owner, "?state=drifting") == ["Zoe Zed"]
    assert (
        "Here differs from the directory: active." in owner.get(f"{PEOPLE}{zoe}/").content.decode()
    )


def test_a_timezone_that_a_person_chose_is_theirs_until_it_is_handed_back(
    owner: Client, zoe: str
) -> None:
    timezones.set_timezone(member=member("zoe@acme.example"), timezone="Asia/Tokyo")

    before = owner.get(f"{PEOPLE}{zoe}/").content.decode()
    owner.post(f"{PEOPLE}{zoe}/hand-back/", {"attribute": "timezone"})

    assert "Hand back to directory" in before
    assert member("zoe@acme.example").timezone == "Europe/Berlin"
    assert "Hand back to directory" not in owner.get(f"{PEOPLE}{zoe}/").content.decode()


@pytest.mark.parametrize("attribute", ["timezone", "active", "x", ""])
def test_what_the_directory_owns_cannot_be_handed_back(
    attribute: str, owner: Client, zoe: str
) -> None:
    page = owner.post(f"{PEOPLE}{zoe}/hand-back/", {"attribute": attribute})

    assert page.status_code == 409
    assert "the directory owns this attribute already" in page.content.decode()


def test_the_timeline_goes_from_the_request_to_its_effects(
    owner: Client, directory: Directory, zoe: str
) -> None:
    directory.patch(f"/Users/{zoe}", {"op": "replace", "value": {"active": False}})

    moments = owner.get(f"{PEOPLE}{zoe}/").context["moments"]

    assert [moment.deed.what for moment in moments] == ["Update person", "Add person"]
    assert moments[0].deed.transitions == "status: active → inactive"
    assert {effect.event for effect in moments[0].effects} == {"member.deactivated"}


def test_a_deprovisioning_has_a_receipt_to_keep(
    owner: Client, directory: Directory, zoe: str
) -> None:
    assert owner.get(f"{PEOPLE}{zoe}/receipt.json").status_code == 404

    directory.patch(f"/Users/{zoe}", {"op": "replace", "value": {"active": False}})

    told = owner.get(f"{PEOPLE}{zoe}/receipt.json").json()
    assert told["scim_id"] == zoe
    assert told["requested_at"] <= told["access_cut_at"]
    assert "Deprovision receipt" in owner.get(f"{PEOPLE}{zoe}/").content.decode()


def test_another_workspaces_person_is_unknown_here(
    owner: Client, zoe: str, globex: people.Globex
) -> None:
    connection, _token = connections.enable(globex.workspace)
    foreign = connection.user_links.get(member=globex.carol)

    assert owner.get(f"{PEOPLE}{foreign.scim_id}/").status_code == 404
    assert owner.post(f"{PEOPLE}{foreign.scim_id}/hand-back/").status_code == 404


def test_a_stone_has_a_page_without_ownership(
    owner: Client, directory: Directory, zoe: str
) -> None:
    directory.send("DELETE", f"/Users/{zoe}")

    page = owner.get(f"{PEOPLE}{zoe}/")

    assert page.status_code == 200
    assert page.context["person"].state == "removed"
    assert timezone.now() >= page.context["person"].managed_since
