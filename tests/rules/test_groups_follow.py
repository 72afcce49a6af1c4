"""Groups follow the directory: created, named, filled and let go."""

from __future__ import annotations

import pytest

from tests import people
from tests.api.client import Directory, operation
from tests.rules.reading import last_entry
from tests.workspace.browsing import signed_in
from workspace import selectors
from workspace.models import Group, Member
from workspace.services import groups_by_hand


def names(acme: people.Acme) -> list[str]:
    return [group.name for group in selectors.listed_groups(acme.workspace)]


def people_in(group: Group) -> set[str]:
    return {member.name for member in selectors.group_members(group)}


def test_a_new_group_is_there_with_its_members(directory: Directory, acme: people.Acme) -> None:
    ben = directory.user_id("ben@acme.example")

    directory.create_group("Pilots", ben)

    pilots = Group.objects.get(name="Pilots")
    assert pilots.workspace == acme.workspace
    assert people_in(pilots) == {"Ben Member"}


def test_a_name_always_matches_the_directorys(directory: Directory, acme: people.Acme) -> None:
    engineering = directory.group_id("Engineering")

    directory.patch(f"/Groups/{engineering}", operation("replace", "displayName", "Builders"))

    assert names(acme) == ["Builders", "Support"]


def test_members_come_and_go(directory: Directory, acme: people.Acme) -> None:
    engineering = f"/Groups/{directory.group_id('Engineering')}"
    adam, ben = (directory.user_id(who.email) for who in (acme.adam, acme.ben))

    directory.patch(
        engineering,
        operation("add", "members", [{"value": adam}]),
        operation("remove", f'members[value eq "{ben}"]'),
    )

    assert people_in(acme.engineering) == {"Adam Admin", "Mia Manager"}


def test_a_refused_change_changes_nothing(directory: Directory, acme: people.Acme) -> None:
    engineering = f"/Groups/{directory.group_id('Engineering')}"

    answer = directory.patch(
        engineering,
        operation("replace", "displayName", "Support"),
        operation("remove", "members"),
    )

    assert answer.outcome == (409, "uniqueness")
    assert answer.body["detail"].startswith("displayName: ")
    assert "support" not in answer.body["detail"].lower()
    assert last_entry(directory).notes == [answer.body["detail"]]
    assert names(acme) == ["Engineering", "Support"]
    assert people_in(acme.engineering) == {"Ben Member", "Mia Manager"}


@pytest.mark.parametrize(
    "change",
    [
        operation("replace", "members", []),
        operation("remove", "members"),
        operation("replace", value={"members": []}),
    ],
)
def test_whom_the_directory_cannot_see_it_does_not_take_out(
    directory: Directory, acme: people.Acme, change: dict[str, object]
) -> None:
    groups_by_hand.add_members(group=acme.support, member_ids=[acme.kim.pk], by=acme.olivia)

    directory.patch(f"/Groups/{directory.group_id('Support')}", change)

    assert people_in(acme.support) == {"Kim Kiosk"}


def test_a_put_leaves_them_in_as_well(directory: Directory, acme: people.Acme) -> None:
    groups_by_hand.add_members(group=acme.support, member_ids=[acme.kim.pk], by=acme.olivia)
    mia = directory.user_id("mia@acme.example")

    answer = directory.put(
        f"/Groups/{directory.group_id('Support')}",
        {"displayName": "Support", "members": [{"value": mia}]},
    )

    assert [each["value"] for each in answer.body["members"]] == [mia]
    assert people_in(acme.support) == {"Kim Kiosk", "Mia Manager"}


def test_a_deleted_group_is_archived_and_can_be_restored(
    directory: Directory, acme: people.Acme
) -> None:
    old = directory.group_id("Engineering")

    directory.delete(f"/Groups/{old}")
    archived = names(acme)
    signed_in(acme.olivia).post(f"/workspaces/acme/groups/{acme.engineering.pk}/restore/")

    assert archived == ["Support"]
    assert people_in(acme.engineering) == {"Ben Member", "Mia Manager"}
    assert directory.group_id("Engineering") != old


def test_deleting_a_group_removes_nobody(directory: Directory, acme: people.Acme) -> None:
    directory.delete(f"/Groups/{directory.group_id('Engineering')}")

    assert Member.objects.filter(workspace=acme.workspace, status="ACTIVE").count() == 5
