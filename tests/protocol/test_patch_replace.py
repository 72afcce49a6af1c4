"""PATCH replace (RFC 7644 §3.5.2.3)."""

from __future__ import annotations

from typing import Any

import pytest

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.errors import InvalidValue, NoTarget
from tests.protocol.patching import ENTERPRISE, operation, patched

CAROL: dict[str, Any] = {"userName": "carol"}
WORK = {"value": "carol@work.example", "type": "work", "primary": True}
HOME = {"value": "carol@home.example", "type": "home"}
WITH_EMAILS = {**CAROL, "emails": [WORK, HOME]}
EMPTY: list[Any] = [None, "", []]


def replace(path: str | None, value: Any) -> dict[str, Any]:
    return operation("replace", path, value=value)


class TestSingleValues:
    def test_are_replaced_or_added(self) -> None:
        """RFC 7644 §3.5.2.3: what does not exist is treated as an add."""
        assert patched({**CAROL, "title": "Clerk"}, replace("title", "Boss"))["title"] == "Boss"
        assert patched(CAROL, replace("title", "Boss"))["title"] == "Boss"

    @pytest.mark.parametrize("value", EMPTY)
    def test_are_cleared_by_nothing(self, value: Any) -> None:
        assert patched({**CAROL, "title": "Clerk"}, replace("title", value)) == CAROL

    @pytest.mark.parametrize("value", [*EMPTY, " "])
    def test_that_are_required_are_not_cleared(self, value: Any) -> None:
        with pytest.raises(InvalidValue, match="userName is required"):
            patched(CAROL, replace("userName", value))

    def test_may_be_booleans_as_text(self) -> None:
        """Entra deactivates with "False" (entra/user_lifecycle.json)."""
        assert patched(CAROL, replace("active", "False"))["active"] is False

    def test_of_a_complex_attribute_leave_the_others(self) -> None:
        """RFC 7644 §3.5.2.3: sub-attributes that are not specified are left unchanged."""
        carol = {**CAROL, "name": {"givenName": "C", "familyName": "S", "middleName": "M"}}

        document = patched(carol, replace("name", {"familyName": "Smith", "middleName": ""}))

        assert document["name"] == {"givenName": "C", "familyName": "Smith"}

    def test_by_an_empty_object_stay(self) -> None:
        carol = {**CAROL, "name": {"givenName": "C"}}

        assert patched(carol, replace("name", {})) == carol


class TestManager:
    @pytest.mark.parametrize(
        "value",
        ["boss", {"value": "boss"}, [{"value": "boss"}], {"value": "boss", "displayName": "Boss"}],
    )
    def test_is_set_by_text_object_or_list(self, value: Any) -> None:
        """All recorded in entra/patch_oddities.json."""
        document = patched(CAROL, replace(f"{ENTERPRISE}:manager", value))

        assert document[ENTERPRISE] == {"manager": {"value": "boss"}}

    def test_that_is_new_takes_the_old_reference_away(self) -> None:
        carol = {**CAROL, ENTERPRISE: {"manager": {"value": "old", "$ref": "../Users/old"}}}

        by_part = patched(carol, replace(f"{ENTERPRISE}:manager.value", "new"))
        by_object = patched(carol, replace("manager", {"value": "new"}))

        assert by_part == by_object == {**CAROL, ENTERPRISE: {"manager": {"value": "new"}}}

    @pytest.mark.parametrize("value", [*EMPTY, {"value": ""}, {"value": None, "$ref": "x"}])
    def test_is_cleared_by_nothing(self, value: Any) -> None:
        carol = {**CAROL, ENTERPRISE: {"manager": {"value": "old", "$ref": "../Users/old"}}}

        assert patched(carol, replace(f"{ENTERPRISE}:manager", value)) == CAROL


class TestElements:
    def test_are_replaced_as_a_whole(self) -> None:
        """RFC 7644 §3.5.2.3: without a filter, all values are replaced."""
        other = {"value": "carol@other.example"}

        assert patched(WITH_EMAILS, replace("emails", [other]))["emails"] == [other]

    @pytest.mark.parametrize("value", EMPTY)
    def test_are_cleared_by_nothing(self, value: Any) -> None:
        assert patched(WITH_EMAILS, replace("emails", value)) == CAROL

    def test_that_are_selected_get_the_parts_that_are_given(self) -> None:
        """RFC 7644 §3.5.2.3: what is not specified is left unchanged."""
        other = {"value": "carol@other.example", "primary": None}

        document = patched(WITH_EMAILS, replace('emails[type eq "work"]', other))

        assert document["emails"] == [{"value": "carol@other.example", "type": "work"}, HOME]

    @pytest.mark.parametrize("value", EMPTY)
    def test_that_are_selected_are_cleared_by_nothing(self, value: Any) -> None:
        document = patched(WITH_EMAILS, replace('emails[type eq "work"]', value))

        assert document["emails"] == [HOME]

    def test_that_are_selected_change_in_one_part(self) -> None:
        """RFC 7644 §3.5.2.3: the sub-attribute of all matching records is replaced."""
        document = patched(WITH_EMAILS, replace("emails[primary eq true].value", "new@example.com"))

        assert document["emails"] == [{**WORK, "value": "new@example.com"}, HOME]

    def test_without_condition_all_change_in_one_part(self) -> None:
        document = patched(WITH_EMAILS, replace("emails.display", "Carol"))

        assert [each["display"] for each in document["emails"]] == ["Carol", "Carol"]

    @pytest.mark.parametrize("condition", ['type eq "fax"', 'type eq "fax" and primary eq "True"'])
    def test_that_no_condition_finds_are_made_from_it(self, condition: str) -> None:
        """Entra counts noTarget as a failed person (entra/patch_oddities.json)."""
        document = patched(CAROL, replace(f"phoneNumbers[{condition}].value", "+1"))

        assert len(document["phoneNumbers"]) == 1
        assert {"type": "fax", "value": "+1"}.items() <= document["phoneNumbers"][0].items()

    @pytest.mark.parametrize(
        "condition",
        ['type ne "work"', 'type eq "a" or type eq "b"', 'type eq "a" and type eq "b"', "shoe pr"],
    )
    def test_that_a_condition_can_not_describe_have_no_target(self, condition: str) -> None:
        """RFC 7644 §3.5.2.3: no record match is 400 noTarget."""
        with pytest.raises(NoTarget):
            patched(CAROL, replace(f"phoneNumbers[{condition}].value", "+1"))

    def test_that_are_not_there_need_no_clearing(self) -> None:
        assert patched(CAROL, replace('phoneNumbers[type eq "fax"].value', "")) == CAROL


class TestExtension:
    def test_is_merged_under_its_urn(self) -> None:
        carol = {**CAROL, ENTERPRISE: {"department": "R&D", "division": "North"}}

        document = patched(carol, replace(ENTERPRISE, {"department": "Sales", "division": None}))

        assert document[ENTERPRISE] == {"department": "Sales"}

    @pytest.mark.parametrize("value", EMPTY)
    def test_is_cleared_by_nothing(self, value: Any) -> None:
        assert patched(
            {**CAROL, ENTERPRISE: {"department": "R&D"}}, replace(ENTERPRISE, value)
        ) == (CAROL)


class TestWithoutPath:
    def test_each_name_is_a_path(self) -> None:
        """RFC 7644 §3.5.2.3; the flagged Entra dialect writes dotted and URN names."""
        document = patched(
            {**CAROL, "title": "Clerk"},
            replace(None, {"title": "", "name.givenName": "C", f"{urns.USER}:userName": "caz"}),
        )

        assert document == {"userName": "caz", "name": {"givenName": "C"}}

    def test_what_is_unknown_or_read_only_is_ignored(self) -> None:
        """Okta puts the id into a renaming (okta/group_push_oin.json)."""
        value = {"id": "1", "schemas": [], "meta": {}, "groups": [{"value": "g"}], "shoe": 1}

        assert patched(CAROL, replace(None, {**value, "a b": 1, "password": "p"})) == CAROL

    def test_core_attributes_may_lie_under_their_urn(self) -> None:
        assert patched(CAROL, replace(None, {urns.USER: {"title": "Boss"}}))["title"] == "Boss"

    def test_names_nested_for_ever_are_harmless(self) -> None:
        value: dict[str, Any] = {"title": "Boss"}
        for _ in range(900):
            value = {urns.USER: value}

        assert patched(CAROL, replace(None, value)) == CAROL
