"""Values become canonical, or are refused with the attribute's name."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scim_provisioning.protocol.errors import (
    InvalidSyntax,
    InvalidValue,
    PayloadTooLarge,
    ScimError,
)
from scim_provisioning.protocol.schemas import ENTERPRISE_USER, GROUP, USER, Attribute, Schema
from scim_provisioning.protocol.values import (
    MAX_ELEMENTS,
    MAX_MEMBERS,
    MAX_REFERENCE,
    MAX_TEXT,
    canonical_value,
)


def attribute_of(schema: Schema, name: str) -> Attribute:
    attribute = schema.attribute(name)
    assert attribute is not None
    return attribute


def user_value(name: str, value: object) -> Any:
    return canonical_value(attribute_of(USER, name), value, where=name)


def manager(value: object) -> Any:
    return canonical_value(attribute_of(ENTERPRISE_USER, "manager"), value, where="manager")


def members(value: object) -> Any:
    return canonical_value(attribute_of(GROUP, "members"), value, where="members")


class TestUnassigned:
    @pytest.mark.parametrize("value", [None, "", [], {}])
    @pytest.mark.parametrize("name", ["title", "active", "name", "emails"])
    def test_null_and_empty_mean_no_value(self, name: str, value: object) -> None:
        """RFC 7643 §2.5."""
        assert user_value(name, value) is None

    def test_false_is_a_value(self) -> None:
        assert user_value("active", False) is False

    def test_blanks_alone_are_no_value(self) -> None:
        assert user_value("title", " \t ") is None

    def test_an_object_of_empty_parts_is_no_value(self) -> None:
        assert user_value("name", {"givenName": "", "familyName": None}) is None


class TestBooleans:
    @pytest.mark.parametrize("text", ["true", "True", "TRUE"])
    def test_text_in_any_case_is_understood(self, text: str) -> None:
        assert user_value("active", text) is True

    @pytest.mark.parametrize("text", ["false", "False", "FALSE"])
    def test_false_as_text_is_false(self, text: str) -> None:
        assert user_value("active", text) is False

    @pytest.mark.parametrize("value", ["yes", "1", " true", 0, 1, 1.0, {"value": True}])
    def test_anything_else_is_refused_by_name(self, value: object) -> None:
        with pytest.raises(InvalidValue, match="active must be true or false"):
            user_value("active", value)


class TestText:
    def test_a_whole_number_becomes_its_text(self) -> None:
        assert user_value("title", 701984) == "701984"

    @pytest.mark.parametrize("value", [True, 1.5, {"text": "x"}])
    def test_other_types_are_refused(self, value: object) -> None:
        with pytest.raises(InvalidValue, match="title must be text"):
            user_value("title", value)

    @pytest.mark.parametrize("value", [["Engineer"], [{"$ref": None, "value": "Engineer"}]])
    def test_a_list_of_one_is_unwrapped(self, value: object) -> None:
        assert user_value("title", value) == "Engineer"

    def test_a_list_of_two_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match="title must be one value"):
            user_value("title", ["Engineer", "Manager"])

    def test_a_list_in_a_list_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match="title must not be a list of lists"):
            user_value("title", [["Engineer"]])

    @pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800"])
    def test_control_characters_and_lone_surrogates_are_refused(self, character: str) -> None:
        with pytest.raises(InvalidValue, match="title holds a character"):
            user_value("title", f"a{character}b")

    def test_tabs_and_line_ends_are_kept(self) -> None:
        assert user_value("title", "a\tb\r\nc") == "a\tb\r\nc"

    def test_length_is_capped(self) -> None:
        assert user_value("title", "x" * MAX_TEXT) is not None

        with pytest.raises(InvalidValue, match=f"title is longer than {MAX_TEXT} characters"):
            user_value("title", "x" * (MAX_TEXT + 1))

    def test_addresses_of_pages_may_be_longer_and_have_any_form(self) -> None:
        """The Entra validator sends random text as profileUrl."""
        assert user_value("profileUrl", "no url at all") == "no url at all"
        assert user_value("profileUrl", "x" * MAX_REFERENCE) is not None

    def test_the_length_that_the_table_names_goes_first(self) -> None:
        with pytest.raises(InvalidValue, match="userName is longer than 255 characters"):
            user_value("userName", "x" * 256)


class TestUserName:
    def test_outer_blanks_are_stripped(self) -> None:
        assert user_value("userName", " ben@acme.test\t") == "ben@acme.test"

    @pytest.mark.parametrize("unseen", ["\u202e", "\u200b", "\u2066", "\u00ad", "\t", "\u2028"])
    def test_invisible_characters_are_refused(self, unseen: str) -> None:
        with pytest.raises(InvalidValue, match="userName holds an invisible character"):
            user_value("userName", f"ben{unseen}@acme.test")

    def test_invisible_characters_are_let_pass_elsewhere(self) -> None:
        family = "\U0001f468\u200d\U0001f467"

        assert user_value("displayName", family) == family

    @pytest.mark.parametrize("name", ["Zoë Müller", "山田\u3000太郎", "علی"])
    def test_names_of_any_script_are_kept(self, name: str) -> None:
        assert user_value("userName", name) == name


class TestSingularComplex:
    def test_names_of_parts_have_no_case(self) -> None:
        """RFC 7643 §2.1."""
        assert user_value("name", {"GIVENNAME": "Ben"}) == {"givenName": "Ben"}

    def test_a_part_named_twice_is_refused(self) -> None:
        with pytest.raises(InvalidSyntax, match="twice in name"):
            user_value("name", {"givenName": "Ben", "givenname": "Bob"})

    def test_unknown_parts_are_dropped(self) -> None:
        assert user_value("name", {"givenName": "Ben", "shoeSize": 42}) == {"givenName": "Ben"}

    def test_text_is_refused_where_no_part_is_the_value(self) -> None:
        with pytest.raises(InvalidValue, match="name must be an object"):
            user_value("name", "Ben")

    def test_a_wrong_part_is_named_in_full(self) -> None:
        with pytest.raises(InvalidValue, match=r"name\.givenName must be text"):
            user_value("name", {"givenName": True})

    @pytest.mark.parametrize(
        "value", ["26", {"value": "26"}, [{"$ref": None, "value": "26"}], ["26"], 26]
    )
    def test_a_manager_is_an_id_in_any_of_its_spellings(self, value: object) -> None:
        assert manager(value) == {"value": "26"}

    @pytest.mark.parametrize("value", ["", {"value": ""}, {"value": None}, [], [None]])
    def test_an_empty_manager_is_none(self, value: object) -> None:
        assert manager(value) is None

    def test_read_only_parts_are_dropped(self) -> None:
        """RFC 7643 §4.3: `manager.displayName` is the server's to fill."""
        assert manager({"value": "26", "displayName": "Mia"}) == {"value": "26"}


class TestMultiValued:
    def test_one_object_stands_for_a_list(self) -> None:
        assert user_value("emails", {"value": "a@b.test"}) == [{"value": "a@b.test"}]

    @pytest.mark.parametrize("value", ["admin", ["admin"], [{"value": "admin"}]])
    def test_a_bare_element_is_a_value(self, value: object) -> None:
        assert user_value("roles", value) == [{"value": "admin"}]

    def test_a_bare_element_is_refused_where_no_part_is_the_value(self) -> None:
        with pytest.raises(InvalidValue, match="addresses must be an object"):
            user_value("addresses", ["Main Street 1"])

    @pytest.mark.parametrize("empty", [None, {}, "", {"value": ""}, {"type": "work", "value": ""}])
    def test_empty_elements_are_dropped(self, empty: object) -> None:
        assert user_value("emails", [empty, {"value": "a@b.test"}]) == [{"value": "a@b.test"}]

    def test_a_list_of_empty_elements_is_no_value(self) -> None:
        assert user_value("phoneNumbers", [{"type": "mobile", "primary": True}]) is None

    def test_the_last_primary_wins(self) -> None:
        """RFC 7644 §3.5.2: no more than one value is primary."""
        given = [{"value": "a", "primary": True}, {"value": "b", "primary": "True"}, {"value": "c"}]

        assert user_value("emails", given) == [
            {"value": "a", "primary": False},
            {"value": "b", "primary": True},
            {"value": "c"},
        ]

    def test_doubles_are_dropped(self) -> None:
        given = [{"value": "a", "type": "work"}, {"type": "work", "value": "a"}, {"value": "a"}]

        assert user_value("emails", given) == [{"value": "a", "type": "work"}, {"value": "a"}]

    def test_a_double_that_is_primary_makes_the_element_primary(self) -> None:
        given = [
            {"value": "a"},
            {"value": "b", "primary": True},
            {"value": "a", "primary": True},
        ]

        assert user_value("emails", given) == [
            {"value": "a", "primary": True},
            {"value": "b", "primary": False},
        ]

    def test_the_number_of_elements_is_capped(self) -> None:
        with pytest.raises(InvalidValue, match=f"emails holds more than {MAX_ELEMENTS} values"):
            user_value("emails", [{"value": str(n)} for n in range(MAX_ELEMENTS + 1)])


class TestMembers:
    def test_members_are_reduced_to_their_ids(self) -> None:
        given = [
            {"value": "1", "display": "Ben", "$ref": "https://acme.test/Users/1", "type": "User"},
            {"Value": "2", "$ref": None},
            "3",
        ]

        assert members(given) == [{"value": "1"}, {"value": "2"}, {"value": "3"}]

    def test_one_object_stands_for_a_list(self) -> None:
        assert members({"value": "1"}) == [{"value": "1"}]

    def test_doubles_are_dropped(self) -> None:
        assert members([{"value": "1"}, {"value": "1", "display": "Ben"}]) == [{"value": "1"}]

    @pytest.mark.parametrize("member", [{}, None, {"display": "Ben"}, {"value": ""}])
    def test_a_member_without_an_id_is_refused(self, member: object) -> None:
        with pytest.raises(InvalidValue, match=r"members\.value is required"):
            members([{"value": "1"}, member])

    def test_a_group_is_no_member(self) -> None:
        with pytest.raises(InvalidValue, match=r"members\.type must be User"):
            members([{"value": "1", "type": "Group"}])

    def test_the_number_of_members_is_capped(self) -> None:
        ids = [{"value": str(n)} for n in range(MAX_MEMBERS + 1)]

        assert len(members(ids[:-1])) == MAX_MEMBERS
        with pytest.raises(PayloadTooLarge, match="members holds more than"):
            members(ids)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**19), 10**19) | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["value", "Value", "type", "primary", "display", "formatted", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
EVERY_ATTRIBUTE = (*USER.attributes, *ENTERPRISE_USER.attributes, *GROUP.attributes)


class TestAnyValue:
    @settings(max_examples=150, deadline=None)
    @given(st.sampled_from(EVERY_ATTRIBUTE), JSON)
    def test_is_refused_as_scim_or_canonical_for_good(
        self, attribute: Attribute, value: object
    ) -> None:
        try:
            canonical = canonical_value(attribute, value, where=attribute.name)
        except ScimError:
            return

        assert canonical_value(attribute, canonical, where=attribute.name) == canonical
