"""A role that an owner ties to one of the directory's groups: given, and taken back."""

from __future__ import annotations

import pytest

from scim_provisioning import roles
from tests import people
from tests.api.client import Directory, operation
from tests.rules.reading import group_link, stored
from workspace.models import Member
from workspace.services import groups_by_hand, members_by_hand


@pytest.fixture
def ben(directory: Directory) -> str:
    return directory.user_id("ben@acme.example")


@pytest.fixture
def leads(directory: Directory) -> str:
    """An empty group of the directory's, tied to MANAGER."""
    created = directory.create_group("Leads")
    roles.tie(group_link(directory, created["id"]), "MANAGER")
    return str(created["id"])


def join(directory: Directory, group: str, user: str) -> None:
    directory.patch(f"/Groups/{group}", operation("add", "members", [{"value": user}]))


def leave(directory: Directory, group: str, user: str) -> None:
    directory.patch(f"/Groups/{group}", operation("remove", f'members[value eq "{user}"]'))


class TestGiven:
    def test_to_who_joins(
        self, directory: Directory, acme: people.Acme, leads: str, ben: str
    ) -> None:
        join(directory, leads, ben)

        assert stored(acme.ben).role == Member.Role.MANAGER

    def test_to_who_was_in_it_already(
        self, directory: Directory, acme: people.Acme, ben: str
    ) -> None:
        created = directory.create_group("Leads", ben)

        roles.tie(group_link(directory, created["id"]), "ADMIN")

        assert stored(acme.ben).role == Member.Role.ADMIN

    def test_the_highest_of_several(
        self, directory: Directory, acme: people.Acme, leads: str, ben: str
    ) -> None:
        chiefs = directory.create_group("Chiefs", ben)
        roles.tie(group_link(directory, chiefs["id"]), "ADMIN")

        join(directory, leads, ben)

        assert stored(acme.ben).role == Member.Role.ADMIN

    def test_by_a_group_that_was_renamed_too(
        self, directory: Directory, acme: people.Acme, leads: str, ben: str
    ) -> None:
        directory.patch(f"/Groups/{leads}", operation("replace", "displayName", "Captains"))

        join(directory, leads, ben)

        assert stored(acme.ben).role == Member.Role.MANAGER


class TestTakenBack:
    def test_from_who_leaves(
        self, directory: Directory, acme: people.Acme, leads: str, ben: str
    ) -> None:
        join(directory, leads, ben)

        leave(directory, leads, ben)

        assert stored(acme.ben).role == Member.Role.MEMBER

    @pytest.mark.parametrize("verb", ["PUT", "DELETE"])
    def test_from_everybody_when_the_group_ends(
        self, directory: Directory, acme: people.Acme, leads: str, ben: str, verb: str
    ) -> None:
        join(directory, leads, ben)

        if verb == "PUT":
            directory.put(f"/Groups/{leads}", {"displayName": "Leads", "members": []})
        else:
            directory.delete(f"/Groups/{leads}")

        assert stored(acme.ben).role == Member.Role.MEMBER

    def test_when_the_owner_unties_it(
        self, directory: Directory, acme: people.Acme, leads: str, ben: str
    ) -> None:
        join(directory, leads, ben)

        roles.tie(group_link(directory, leads), "")

        assert stored(acme.ben).role == Member.Role.MEMBER

    def test_down_to_what_another_group_gives(
        self, directory: Directory, acme: people.Acme, leads: str, ben: str
    ) -> None:
        chiefs = directory.create_group("Chiefs", ben)
        roles.tie(group_link(directory, chiefs["id"]), "ADMIN")
        join(directory, leads, ben)

        leave(directory, chiefs["id"], ben)

        assert stored(acme.ben).role == Member.Role.MANAGER


class TestWhatStays:
    def test_a_higher_role_given_by_hand(
        self, directory: Directory, acme: people.Acme, leads: str, ben: str
    ) -> None:
        join(directory, leads, ben)
        members_by_hand.change_role(member=acme.ben, role="ADMIN", by=acme.olivia)

        leave(directory, leads, ben)

        assert stored(acme.ben).role == Member.Role.ADMIN

    def test_a_higher_role_from_before(
        self, directory: Directory, acme: people.Acme, leads: str
    ) -> None:
        adam = directory.user_id("adam@acme.example")

        join(directory, leads, adam)
        leave(directory, leads, adam)

        assert stored(acme.adam).role == Member.Role.ADMIN

    def test_an_owner(self, directory: Directory, acme: people.Acme, leads: str) -> None:
        olivia = directory.user_id("olivia@acme.example")

        join(directory, leads, olivia)
        leave(directory, leads, olivia)

        assert stored(acme.olivia).role == Member.Role.OWNER


class TestRefused:
    @pytest.mark.parametrize("role", ["OWNER", "owner", "SUPERUSER"])
    def test_ownership_and_what_is_no_role(self, directory: Directory, role: str) -> None:
        created = directory.create_group("Leads")

        with pytest.raises(roles.RoleRefused, match="can't be given by a group"):
            roles.tie(group_link(directory, created["id"]), role)

    def test_a_group_that_can_be_edited_by_hand(self, directory: Directory) -> None:
        with pytest.raises(roles.RoleRefused, match="that the directory manages"):
            roles.tie(group_link(directory, directory.group_id("Support")), "ADMIN")


class TestNothing:
    def test_comes_from_a_group_that_was_deleted_and_made_again(
        self, directory: Directory, acme: people.Acme, leads: str, ben: str
    ) -> None:
        directory.delete(f"/Groups/{leads}")

        again = directory.create_group("Leads", ben)

        assert stored(acme.ben).role == Member.Role.MEMBER
        assert group_link(directory, again["id"]).role == ""

    def test_comes_from_a_group_that_was_deleted_and_restored_by_hand(
        self, directory: Directory, acme: people.Acme, leads: str, ben: str
    ) -> None:
        group = group_link(directory, leads).group
        join(directory, leads, ben)
        directory.delete(f"/Groups/{leads}")
        groups_by_hand.restore_group(group=group, by=acme.olivia)

        directory.create_group("Leads", ben)

        assert stored(acme.ben).role == Member.Role.MEMBER

    def test_comes_from_a_name(
        self, directory: Directory, acme: people.Acme, leads: str, ben: str
    ) -> None:
        directory.patch(f"/Groups/{leads}", operation("replace", "displayName", "Captains"))

        directory.create_group("Leads", ben)

        assert stored(acme.ben).role == Member.Role.MEMBER

    def test_is_left_to_who_was_deleted_and_returns(
        self, directory: Directory, acme: people.Acme, leads: str, ben: str
    ) -> None:
        join(directory, leads, ben)
        directory.delete(f"/Users/{ben}")

        directory.create_user("ben@acme.example")

        assert stored(acme.ben).role == Member.Role.MEMBER
