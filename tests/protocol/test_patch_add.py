"""PATCH add (RFC 7644 §3.5.2.1)."""

from __future__ import annotations

from typing import Any

import pytest

from scim_provisioning.protocol.errors import InvalidValue
from scim_provisioning.protocol.values import MAX_ELEMENTS
from tests.protocol.patching import ENTERPRISE, operation, patched

CAROL: dict[str, Any] = {"userName": "carol"}
WORK = {"value": "carol@work.example", "type": "work", "primary": True}
HOME = {"value": "carol@home.example", "type": "home"}


def add(path: str | None, value: Any) -> dict[str, Any]:
    return operation("add", path, value=value)


class TestSingleValues:
    def test_are_added(self) -> None:
        """RFC 7644 §3.5.2.1: if the target location does not exist, it is added."""
        assert patched(CAROL, add("title", "Boss")) == {**CAROL, "title": "Boss"}

    def test_replace_the_existing_one(self) -> None:
        """RFC 7644 §3.5.2.1: for a single-valued attribute, the existing value is replaced."""
        assert patched({**CAROL, "title": "Clerk"}, add("title", "Boss"))["title"] == "Boss"

    def test_in_a_complex_attribute_leave_the_others(self) -> None:
        carol = {**CAROL, "name": {"givenName": "C", "familyName": "Smith"}}

        by_part = patched(carol, add("name.givenName", "Carol"))
        by_object = patched(carol, add("name", {"GIVENNAME": "Carol"}))

        assert by_part == by_object
        assert by_part["name"] == {"givenName": "Carol", "familyName": "Smith"}

    def test_of_an_extension_make_its_object(self) -> None:
        """RFC 7644 §3.5.2: a name with its URN adds the extension to the resource."""
        document = patched(CAROL, add(f"{ENTERPRISE}:department", "R&D"))

        assert document == {**CAROL, ENTERPRISE: {"department": "R&D"}}


class TestElements:
    def test_go_behind_those_that_are_there(self) -> None:
        """RFC 7644 §3.5.2.1: for a multi-valued attribute, a new value is added."""
        document = patched({**CAROL, "emails": [WORK]}, add("emails", [HOME]))

        assert document["emails"] == [WORK, HOME]

    def test_that_are_there_change_nothing(self) -> None:
        """RFC 7644 §3.5.2.1: a value that is already contained is no change."""
        carol = {**CAROL, "emails": [WORK, HOME]}

        assert patched(carol, add("emails", [HOME])) == carol

    def test_may_be_one_object(self) -> None:
        assert patched(CAROL, add("emails", HOME))["emails"] == [HOME]

    def test_that_are_primary_take_it_from_the_others(self) -> None:
        """RFC 7644 §3.5.2: setting `primary` clears it on any other value."""
        document = patched({**CAROL, "emails": [WORK]}, add("emails", [{**HOME, "primary": True}]))

        assert document["emails"] == [{**WORK, "primary": False}, {**HOME, "primary": True}]

    def test_beyond_the_largest_number_are_refused(self) -> None:
        many = [{"value": f"{number}@example.com"} for number in range(MAX_ELEMENTS)]

        with pytest.raises(InvalidValue):
            patched({**CAROL, "emails": [WORK]}, add("emails", many))


class TestSelectedElements:
    def test_get_the_parts_that_are_given(self) -> None:
        document = patched(
            {**CAROL, "emails": [WORK, HOME]}, add('emails[type eq "home"]', {"display": "Home"})
        )

        assert document["emails"] == [WORK, {**HOME, "display": "Home"}]

    def test_become_the_only_primary(self) -> None:
        document = patched(
            {**CAROL, "emails": [WORK, HOME]}, add('emails[type eq "home"].primary', "True")
        )

        assert [each["primary"] for each in document["emails"]] == [False, True]

    def test_that_are_missing_are_made_once_for_several_operations(self) -> None:
        """Entra writes an address in four operations (entra/patch_oddities.json)."""
        place = 'addresses[type eq "work"]'
        document = patched(
            CAROL,
            add(f"{place}.primary", True),
            add(f"{place}.streetAddress", "1 Main St"),
            add(f"{place}.locality", "Berlin"),
        )

        assert document["addresses"] == [
            {"type": "work", "primary": True, "streetAddress": "1 Main St", "locality": "Berlin"}
        ]


class TestWithoutPath:
    def test_each_name_is_a_path(self) -> None:
        """RFC 7644 §3.5.2.1: the value holds attributes to be added to the resource."""
        document = patched(
            {**CAROL, "emails": [WORK]},
            add(
                None,
                {
                    "NickName": "Caz",
                    "name.givenName": "Carol",
                    "emails": [HOME],
                    'phoneNumbers[type eq "work"].value': "+1",
                    f"{ENTERPRISE}:department": "R&D",
                    ENTERPRISE: {"costCenter": "7"},
                },
            ),
        )

        assert document == {
            **CAROL,
            "nickName": "Caz",
            "name": {"givenName": "Carol"},
            "emails": [WORK, HOME],
            "phoneNumbers": [{"type": "work", "value": "+1"}],
            ENTERPRISE: {"department": "R&D", "costCenter": "7"},
        }

    @pytest.mark.parametrize("value", ["x", 1, ["x"], None, True])
    def test_the_value_must_be_an_object(self, value: Any) -> None:
        with pytest.raises(InvalidValue):
            patched(CAROL, add(None, value))


def test_a_value_is_needed() -> None:
    """RFC 7644 §3.5.2.1: the operation MUST contain a value."""
    with pytest.raises(InvalidValue, match="value"):
        patched(CAROL, operation("add", "title"))
