"""The order of a list (RFC 7644 §3.4.2.3)."""

from __future__ import annotations

from scim_provisioning.lookups import group_ordering, user_ordering
from scim_provisioning.protocol.schemas import GROUP_TYPE
from tests.app.directory import (
    ADA,
    BOB,
    BOBX,
    ELODIE,
    PEOPLE,
    YAMADA,
    ZOE,
    DirectoryTestCase,
    sort_target,
)

BY_AGE = [person["userName"] for person in PEOPLE]


class TestUsers(DirectoryTestCase):
    def sorted_by(self, name: str | None, *, descending: bool = False) -> list[str]:
        ordering = user_ordering(
            sort_target(name) if name else None, descending=descending, connection=self.connection
        )
        links = self.connection.user_links.order_by(*ordering)
        return list(links.values_list("user_name", flat=True))

    def test_without_a_sort_the_oldest_comes_first(self) -> None:
        assert self.sorted_by(None) == BY_AGE

    def test_names_are_in_order_of_their_keys(self) -> None:
        assert self.sorted_by("userName") == [ADA, BOB, BOBX, ZOE, ELODIE, YAMADA]
        assert self.sorted_by("userName", descending=True) == [
            YAMADA,
            ELODIE,
            ZOE,
            BOBX,
            BOB,
            ADA,
        ]

    def test_those_without_a_value_come_last(self) -> None:
        assert self.sorted_by("title") == [ADA, BOBX, ELODIE, YAMADA, BOB, ZOE]

    def test_those_without_a_value_come_first_in_descending_order(self) -> None:
        assert self.sorted_by("title", descending=True) == [BOB, ZOE, YAMADA, ELODIE, ADA, BOBX]

    def test_a_multi_valued_attribute_counts_as_its_primary_or_first_value(self) -> None:
        assert self.sorted_by("emails") == [ADA, BOB, BOBX, ELODIE, YAMADA, ZOE]
        assert self.sorted_by("emails.type", descending=True)[3:] == [ADA, BOBX, BOB]
        assert self.sorted_by("roles")[0] == BOBX

    def test_a_primary_value_goes_before_the_first(self) -> None:
        self.connection.user_links.get(user_name=BOB).values.create(
            connection=self.connection,
            attribute="emails",
            value_key="0",
            comparable={"value": "0", "primary": "true"},
        )

        assert self.sorted_by("emails")[0] == BOB

    def test_dates_and_booleans_have_an_order(self) -> None:
        assert self.sorted_by("meta.created", descending=True) == BY_AGE[::-1]
        assert self.sorted_by("active")[0] == BOB

    def test_what_has_no_order_leaves_age_alone(self) -> None:
        for name in ("name", "groups", "schemas", "meta.version", "addresses"):
            assert self.sorted_by(name) == BY_AGE


class TestGroups(DirectoryTestCase):
    def test_groups_are_in_order_of_their_names(self) -> None:
        ordering = group_ordering(
            sort_target("displayName", GROUP_TYPE), descending=False, connection=self.connection
        )

        names = self.connection.group_links.order_by(*ordering)

        assert [str(link) for link in names] == ["Empty 100%", "Ground_Crew", "Pilots"]
