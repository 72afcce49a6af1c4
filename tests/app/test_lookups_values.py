"""Filters on multi-valued attributes: one value that fits is enough (RFC 7644 §3.4.2.2)."""

from __future__ import annotations

from django.utils import timezone

from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE
from tests.app.directory import ADA, BOB, BOBX, ELODIE, YAMADA, ZOE, DirectoryTestCase, shown


class TestValues(DirectoryTestCase):
    def test_the_attribute_alone_means_its_value(self) -> None:
        assert self.users('emails eq "ADA@home.example"') == [ADA]
        assert self.users('emails co "home"') == [ADA]
        assert self.users('roles eq "ADMIN"') == [BOBX]

    def test_brackets_want_one_value_that_meets_all(self) -> None:
        assert self.users('emails[type eq "work" and value co "home"]') == []
        assert self.users('emails[type eq "HOME" and value co "home"]') == [ADA]
        assert self.users('emails[type eq "work"].value eq "ada@acme.example"') == [ADA]

    def test_without_brackets_two_values_may_meet_one_condition_each(self) -> None:
        assert self.users('emails.type eq "work" and emails.value co "home"') == [ADA]

    def test_inequality_wants_that_no_value_is_equal(self) -> None:
        assert self.users('emails.type ne "work"') == [BOB, ELODIE, YAMADA, ZOE]

    def test_inequality_in_brackets_wants_one_value_that_differs(self) -> None:
        assert self.users('emails[type ne "work"]') == [ADA, BOB]

    def test_a_negated_bracket_is_true_of_those_without_values(self) -> None:
        assert self.users('not (emails[type eq "work"])') == [BOB, ELODIE, YAMADA, ZOE]

    def test_presence_is_having_any_value(self) -> None:
        assert self.users("emails pr") == [ADA, BOB, BOBX]
        assert self.users("addresses.country pr") == [ELODIE]
        assert self.users("addresses[not (country pr)]") == [ELODIE]

    def test_a_primary_value_is_told_by_true(self) -> None:
        assert self.users('emails[primary eq true].value ew "acme.example"') == [ADA]
        assert self.users("roles.primary eq true") == [BOBX]

    def test_a_word_of_json_is_text(self) -> None:
        assert self.users('entitlements eq "true"') == [YAMADA]
        assert self.users('entitlements.display eq "false"') == [YAMADA]

    def test_case_decides_for_a_case_exact_value(self) -> None:
        assert self.users('photos eq "https://pictures.example/E.png"') == [ELODIE]
        assert self.users('photos eq "https://pictures.example/e.png"') == []


class TestMemberships(DirectoryTestCase):
    def test_groups_are_found_by_their_members(self) -> None:
        ada, bob = (user["id"] for user in shown(self.connection, USER_TYPE)[:2])

        assert self.groups(f'members eq "{ada}"') == ["Ground_Crew", "Pilots"]
        assert self.groups(f'members[value eq "{bob}"]') == ["Ground_Crew"]
        assert self.groups(f'members.value ne "{bob}"') == ["Pilots", "Empty 100%"]
        assert self.groups(f'members eq "{bob}" and displayName eq "pilots"') == []

    def test_groups_are_found_by_having_members(self) -> None:
        assert self.groups("members pr") == ["Ground_Crew", "Pilots"]
        assert self.groups("not (members pr)") == ["Empty 100%"]
        assert self.groups('members.type eq "user"') == ["Ground_Crew", "Pilots"]

    def test_people_are_found_by_their_groups(self) -> None:
        ground_crew = shown(self.connection, GROUP_TYPE)[0]

        assert self.users(f'groups eq "{ground_crew["id"]}"') == [ADA, BOB]
        assert self.users('groups.display eq "PILOTS"') == [ADA]
        assert self.users(f'groups[$ref eq "{ground_crew["meta"]["location"]}"]') == [ADA, BOB]

    def test_people_are_found_by_having_no_group(self) -> None:
        assert self.users("not (groups pr)") == [BOBX, ELODIE, YAMADA, ZOE]
        assert self.users('groups.display ne "pilots"') == [BOB, BOBX, ELODIE, YAMADA, ZOE]

    def test_a_deleted_group_is_nobodys(self) -> None:
        self.connection.group_links.filter(display_name="Pilots").update(deleted_at=timezone.now())

        assert self.users('groups.display eq "pilots"') == []
