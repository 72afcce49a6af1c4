"""Filters on booleans, dates, ids, schemas and extensions (RFC 7644 §3.4.2.2)."""

from __future__ import annotations

import pytest

from scim_provisioning.protocol.errors import InvalidFilter
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE
from tests.app.directory import (
    ADA,
    BOB,
    BOBX,
    ELODIE,
    PEOPLE,
    YAMADA,
    ZOE,
    DirectoryTestCase,
    shown,
)


class TestBooleans(DirectoryTestCase):
    def test_the_product_says_who_is_active(self) -> None:
        assert self.users("active eq false") == [BOB]
        assert self.users('active ne "True"') == [BOB]
        assert BOB not in self.users("active eq true")

    def test_an_operator_on_text_is_refused(self) -> None:
        with pytest.raises(InvalidFilter):
            self.users('active co "t"')


class TestDates(DirectoryTestCase):
    def test_the_moment_that_was_shown_equals_itself(self) -> None:
        created = shown(self.connection, USER_TYPE)[2]["meta"]["created"]

        assert self.users(f'meta.created eq "{created}"') == [BOBX]
        assert self.users(f'meta.created ge "{created}"') == [BOBX, ELODIE, YAMADA, ZOE]
        assert self.users(f'meta.created lt "{created}"') == [ADA, BOB]

    def test_another_time_zone_means_the_same_moment(self) -> None:
        assert self.users('meta.lastModified gt "2020-01-01T02:00:00+02:00"') == [
            ADA,
            BOB,
            BOBX,
            ELODIE,
            YAMADA,
            ZOE,
        ]
        assert self.groups('meta.lastModified le "2020-01-01T00:00:00Z"') == []


class TestIds(DirectoryTestCase):
    def test_an_id_is_found_in_its_own_case_alone(self) -> None:
        scim_id = shown(self.connection, USER_TYPE)[0]["id"]

        assert self.users(f'id eq "{scim_id}"') == [ADA]
        assert self.users(f'id eq "{scim_id.replace("-", "")}"') == []
        assert self.users(f'id sw "{scim_id[:18]}"') == [ADA]

    def test_a_text_that_is_no_id_finds_nobody(self) -> None:
        assert self.users('id eq "1 or 1=1"') == []
        assert len(self.users('id ne "1"')) == len(PEOPLE)

    def test_a_location_leads_to_its_resource(self) -> None:
        location = shown(self.connection, GROUP_TYPE)[1]["meta"]["location"]

        assert self.groups(f'meta.location eq "{location}"') == ["Pilots"]

    def test_a_resource_type_is_everybodys_or_nobodys(self) -> None:
        assert len(self.users('meta.resourceType eq "User"')) == len(PEOPLE)
        assert self.groups('meta.resourceType eq "User"') == []

    def test_a_version_is_no_column(self) -> None:
        with pytest.raises(InvalidFilter, match=r"meta\.version"):
            self.users('meta.version eq "1"')


class TestSchemas(DirectoryTestCase):
    def test_an_extension_is_had_by_those_with_a_value_of_it(self) -> None:
        extension = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

        assert self.users(f'schemas eq "{extension}"') == [ADA, BOB]
        assert self.users(f'schemas ne "{extension}"') == [BOBX, ELODIE, YAMADA, ZOE]

    def test_everybody_has_the_core_schema(self) -> None:
        core = "urn:ietf:params:scim:schemas:core:2.0:User"

        assert len(self.users(f'schemas eq "{core}"')) == len(PEOPLE)
        assert self.groups(f'schemas eq "{core}"') == []


class TestExtensions(DirectoryTestCase):
    def test_an_extension_is_searched_by_its_full_name(self) -> None:
        extension = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

        assert self.users(f'{extension}:department eq "r&d"') == [ADA]
        assert self.users(f'{extension}:manager.value eq "00uBOB"') == [ADA]
        assert self.users('manager eq "00ubob"') == []
