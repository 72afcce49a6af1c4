"""Groups from before the directory: adopted, kept apart or archived, and each undone."""

from __future__ import annotations

import pytest

from scim_provisioning import connections, earlier_groups
from scim_provisioning.models.connection import GroupPolicy
from tests import people
from tests.api.client import Directory
from tests.rules.reading import group_link, last_notes
from workspace import selectors
from workspace.models import Group
from workspace.services import groups_by_hand


def enabled(acme: people.Acme, policy: GroupPolicy | None) -> Directory:
    connection, token = connections.enable(acme.workspace, group_policy=policy)
    return Directory(connection=connection, token=token)


def members_by_group(acme: people.Acme) -> dict[str, set[str]]:
    return {
        group.name: {member.name for member in selectors.group_members(group)}
        for group in selectors.listed_groups(acme.workspace)
    }


def shown(directory: Directory) -> set[str]:
    return {group["displayName"] for group in directory.get("/Groups").body["Resources"]}


class TestAdopted:
    @pytest.fixture
    def directory(self, acme: people.Acme) -> Directory:
        return enabled(acme, None)

    def test_it_is_the_default(self, directory: Directory) -> None:
        assert directory.connection.group_policy == GroupPolicy.ADOPT
        assert shown(directory) == {"Engineering", "Support"}

    def test_the_group_of_that_name_is_taken_over(
        self, directory: Directory, acme: people.Acme
    ) -> None:
        mia = directory.user_id("mia@acme.example")

        directory.create_group("ENGINEERING", mia)

        assert members_by_group(acme) == {"ENGINEERING": {"Mia Manager"}, "Support": {"Ben Member"}}
        assert Group.objects.get(pk=acme.engineering.pk).name == "ENGINEERING"
        assert last_notes(directory) == "A group of this name was there before: it was adopted."

    def test_undone_each_has_its_own_members(self, directory: Directory, acme: people.Acme) -> None:
        mia = directory.user_id("mia@acme.example")
        created = directory.create_group("Engineering", mia)

        earlier_groups.undo_adoption(group_link(directory, created["id"]))

        assert members_by_group(acme) == {
            "Engineering": {"Mia Manager"},
            "Engineering (local)": {"Ben Member", "Mia Manager"},
            "Support": {"Ben Member"},
        }
        assert Group.objects.get(pk=acme.engineering.pk).name == "Engineering (local)"

    def test_undone_the_directory_sees_no_difference(self, directory: Directory) -> None:
        mia = directory.user_id("mia@acme.example")
        created = directory.create_group("Engineering", mia)

        earlier_groups.undo_adoption(group_link(directory, created["id"]))

        assert directory.get(f"/Groups/{created['id']}").body["members"] == created["members"]

    def test_what_was_never_adopted_cannot_be_undone(self, directory: Directory) -> None:
        created = directory.create_group("Pilots")

        with pytest.raises(ValueError, match="was not there before"):
            earlier_groups.undo_adoption(group_link(directory, created["id"]))


class TestKeptApart:
    @pytest.fixture
    def directory(self, acme: people.Acme) -> Directory:
        return enabled(acme, GroupPolicy.KEEP_APART)

    def test_the_directory_sees_none_of_them(self, directory: Directory) -> None:
        assert shown(directory) == set()

    def test_a_group_of_that_name_is_another_one(
        self, directory: Directory, acme: people.Acme
    ) -> None:
        directory.create_group("engineering")

        assert members_by_group(acme) == {
            "engineering": set(),
            "Engineering (local)": {"Ben Member", "Mia Manager"},
            "Support": {"Ben Member"},
        }

    def test_the_one_from_before_stays_open_to_edits(
        self, directory: Directory, acme: people.Acme
    ) -> None:
        created = directory.create_group("Engineering")
        directory.delete(f"/Groups/{created['id']}")

        groups_by_hand.rename_group(
            group=Group.objects.get(pk=acme.engineering.pk), name="Engineering", by=acme.olivia
        )

        assert "Engineering" in members_by_group(acme)

    def test_undone_the_directory_sees_them(self, directory: Directory) -> None:
        directory.create_group("Engineering")

        earlier_groups.choose(directory.connection, GroupPolicy.ADOPT)

        assert shown(directory) == {"Engineering", "Engineering (local)", "Support"}


class TestArchived:
    @pytest.fixture
    def directory(self, acme: people.Acme) -> Directory:
        return enabled(acme, GroupPolicy.ARCHIVE)

    def test_they_are_put_away_with_their_members(
        self, directory: Directory, acme: people.Acme
    ) -> None:
        assert members_by_group(acme) == {}
        assert shown(directory) == set()
        assert selectors.group_members(acme.engineering).count() == 2

    def test_undone_they_are_back_with_their_members(
        self, directory: Directory, acme: people.Acme
    ) -> None:
        before = {"Engineering": {"Ben Member", "Mia Manager"}, "Support": {"Ben Member"}}

        earlier_groups.choose(directory.connection, GroupPolicy.ADOPT)

        assert members_by_group(acme) == before
        assert shown(directory) == before.keys()

    def test_undone_a_name_that_the_directory_uses_by_now_is_marked(
        self, directory: Directory, acme: people.Acme
    ) -> None:
        directory.create_group("Engineering")

        earlier_groups.choose(directory.connection, GroupPolicy.KEEP_APART)

        assert members_by_group(acme) == {
            "Engineering": set(),
            "Engineering (local)": {"Ben Member", "Mia Manager"},
            "Support": {"Ben Member"},
        }

    def test_what_the_owner_had_archived_before_stays_archived(
        self, directory: Directory, acme: people.Acme
    ) -> None:
        design = groups_by_hand.create_group(name="Design", by=acme.olivia)
        groups_by_hand.archive_group(group=design, by=acme.olivia)

        earlier_groups.choose(directory.connection, GroupPolicy.ADOPT)

        assert "Design" not in members_by_group(acme)


def test_the_choice_outlives_a_reconnection(acme: people.Acme) -> None:
    directory = enabled(acme, GroupPolicy.KEEP_APART)
    connections.disable(directory.connection)

    again = enabled(acme, None)

    assert again.connection.group_policy == GroupPolicy.KEEP_APART
    assert shown(again) == set()
