"""`attributes` and `excludedAttributes` thin out an answer (RFC 7644 §3.9)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scim2_models import Context, EnterpriseUser, ResponseParameters, User

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.projection import Projection, split_names
from scim_provisioning.protocol.schemas import (
    COMMON,
    GROUP_TYPE,
    USER,
    USER_TYPE,
    Attribute,
    ResourceType,
    Returned,
    Schema,
)

BEN: dict[str, Any] = {
    "schemas": [urns.USER, urns.ENTERPRISE_USER],
    "id": "7",
    "externalId": "00u7",
    "userName": "ben@acme.example.com",
    "name": {"givenName": "Ben", "familyName": "Okoye"},
    "active": True,
    "emails": [
        {"value": "ben@acme.example.com", "type": "work", "primary": True},
        {"value": "ben@home.example.com"},
    ],
    urns.ENTERPRISE_USER: {"department": "Sales", "manager": {"value": "26"}},
    "meta": {"resourceType": "User", "location": "https://acme.test/scim/v2/Users/7"},
}


def project(attributes: str | None = None, excluded: str | None = None) -> dict[str, Any]:
    """Project Ben; check that id and the right schemas are there (RFC 7643 §3), and pop them."""
    projection = Projection.parse(split_names(attributes), split_names(excluded), USER_TYPE)
    answer = projection.apply(BEN)
    extensions = [urns.ENTERPRISE_USER] if urns.ENTERPRISE_USER in answer else []
    assert answer.pop("schemas") == [urns.USER, *extensions]
    assert answer.pop("id") == "7"
    return answer


def without(*names: str) -> dict[str, Any]:
    return {name: BEN[name] for name in BEN if name not in {"schemas", "id", *names}}


class TestAttributes:
    def test_only_what_is_asked_for_is_left(self) -> None:
        assert project("userName,active") == {"userName": "ben@acme.example.com", "active": True}

    @pytest.mark.parametrize("name", ["USERNAME", f"{urns.USER}:userName", " userName "])
    def test_a_name_has_no_case_and_may_be_qualified(self, name: str) -> None:
        """RFC 7644 §3.10."""
        assert project(name) == {"userName": "ben@acme.example.com"}

    def test_parts_of_an_attribute_are_left(self) -> None:
        assert project("name.givenName,emails.type") == {
            "name": {"givenName": "Ben"},
            "emails": [{"type": "work"}],
        }

    @pytest.mark.parametrize("names", ["name,name.givenName", "name.givenName,name"])
    def test_a_whole_wins_over_its_parts(self, names: str) -> None:
        assert project(names) == {"name": BEN["name"]}

    def test_an_extension_may_be_asked_for_as_a_whole(self) -> None:
        assert project(urns.ENTERPRISE_USER.lower()) == {
            urns.ENTERPRISE_USER: BEN[urns.ENTERPRISE_USER]
        }

    def test_parts_of_an_extension_are_left(self) -> None:
        asked = f"{urns.ENTERPRISE_USER}:department,{urns.ENTERPRISE_USER}:manager.value"

        assert project(asked) == {urns.ENTERPRISE_USER: BEN[urns.ENTERPRISE_USER]}

    def test_the_core_urn_stands_for_the_core_attributes(self) -> None:
        assert project(urns.USER) == without("externalId", "meta", urns.ENTERPRISE_USER)

    @pytest.mark.parametrize("name", ["shoeSize", "name.shoeSize", "userName.x", "urn:example:x"])
    def test_an_unknown_name_selects_nothing(self, name: str) -> None:
        assert project(name) == {}

    def test_an_empty_list_is_kept(self) -> None:
        projection = Projection.parse(["members.value"], None, GROUP_TYPE)

        assert projection.apply({"id": "7", "members": []}) == {"id": "7", "members": []}


class TestExcludedAttributes:
    def test_what_is_named_is_left_out(self) -> None:
        assert project(excluded="emails,META") == without("emails", "meta")

    def test_parts_are_left_out(self) -> None:
        answer = project(excluded="emails.value,name.givenName,name.familyName")

        assert answer == without("emails", "name") | {"emails": [{"type": "work", "primary": True}]}

    def test_an_extension_or_a_part_of_it_is_left_out(self) -> None:
        assert project(excluded=urns.ENTERPRISE_USER) == without(urns.ENTERPRISE_USER)
        assert project(excluded=f"{urns.ENTERPRISE_USER}:manager")[urns.ENTERPRISE_USER] == {
            "department": "Sales"
        }

    def test_what_is_always_returned_stays(self) -> None:
        """RFC 7644 §3.9: `excludedAttributes` has no effect on "always"."""
        assert project(excluded="id,schemas,shoeSize") == without()

    def test_an_empty_list_stays_when_a_part_is_left_out(self) -> None:
        projection = Projection.parse(None, ["members.$ref"], GROUP_TYPE)

        assert projection.apply({"members": []}) == {"members": []}


def test_both_at_once_leave_what_is_asked_for_and_not_excluded() -> None:
    assert project("userName,name", "name.givenName") == {
        "userName": "ben@acme.example.com",
        "name": {"familyName": "Okoye"},
    }


def test_the_resource_is_left_as_it_is() -> None:
    before = repr(BEN)

    project("emails.value", "emails.type")
    project(None, "emails.type,name")

    assert repr(BEN) == before


class TestReturned:
    SECRETS = ResourceType(
        name="Secret",
        endpoint="/Secrets",
        description="",
        schema=Schema(
            urn="urn:example:Secret",
            name="Secret",
            description="",
            attributes=(
                Attribute(name="hidden", returned=Returned.NEVER),
                Attribute(name="costly", returned=Returned.REQUEST),
                Attribute(name="plain"),
            ),
        ),
    )
    RESOURCE = {"schemas": [], "id": "7", "hidden": "h", "costly": "c", "plain": "p"}

    @pytest.mark.parametrize(
        ("attributes", "left"),
        [
            (None, {"plain"}),
            (["costly", "hidden"], {"costly"}),
            (["plain"], {"plain"}),
        ],
    )
    def test_never_and_request_are_honoured(
        self, attributes: list[str] | None, left: set[str]
    ) -> None:
        """RFC 7643 §7, "returned"."""
        projection = Projection.parse(attributes, None, self.SECRETS)

        assert projection.apply(self.RESOURCE).keys() == {"schemas", "id"} | left

    def test_a_password_is_never_returned(self) -> None:
        projection = Projection.parse(["password"], None, USER_TYPE)

        assert projection.apply({"id": "7", "password": "secret"}) == {"id": "7"}

    @pytest.mark.parametrize("attribute", [*COMMON, *USER.attributes], ids=lambda each: each.name)
    def test_no_part_has_a_rule_of_its_own(self, attribute: Attribute) -> None:
        assert all(part.returned is Returned.DEFAULT for part in attribute.sub_attributes)


class TestIncludes:
    @pytest.mark.parametrize(
        ("attributes", "excluded", "included"),
        [
            (None, None, True),
            (None, ["Members"], False),
            (None, ["members.display"], True),
            (["displayName"], None, False),
            (["members.value"], None, True),
            (["members"], ["members"], False),
        ],
    )
    def test_tells_whether_members_have_to_be_loaded(
        self, attributes: list[str] | None, excluded: list[str] | None, included: bool
    ) -> None:
        projection = Projection.parse(attributes, excluded, GROUP_TYPE)

        assert projection.includes("members") is included

    def test_everything_includes_all_but_what_is_never_returned(self) -> None:
        projection = Projection.everything(USER_TYPE)

        assert projection.includes("groups")
        assert projection.includes(urns.ENTERPRISE_USER)
        assert not projection.includes("password")


def test_names_are_split_at_commas() -> None:
    assert split_names(" userName,,name.givenName , ") == ("userName", "name.givenName")
    assert split_names(None) == ()


NAMES = st.lists(
    st.sampled_from(
        [
            "userName",
            "name",
            "name.givenName",
            "emails",
            "emails.value",
            "emails.type",
            "active",
            "externalId",
            "meta",
            "id",
            urns.ENTERPRISE_USER,
            f"{urns.ENTERPRISE_USER}:department",
        ]
    ),
    min_size=1,
    max_size=4,
)


class TestAgainstScim2Models:
    @settings(max_examples=80, deadline=None)
    @given(NAMES)
    def test_attributes_leave_the_same(self, names: list[str]) -> None:
        parameters = ResponseParameters[User[EnterpriseUser]].model_validate({"attributes": names})

        assert Projection.parse(names, None, USER_TYPE).apply(BEN) == answered(parameters)

    @settings(max_examples=80, deadline=None)
    @given(NAMES)
    def test_excluded_attributes_leave_the_same(self, names: list[str]) -> None:
        parameters = ResponseParameters[User[EnterpriseUser]].model_validate(
            {"excludedAttributes": names}
        )

        assert Projection.parse(None, names, USER_TYPE).apply(BEN) == answered(parameters)


def answered(parameters: ResponseParameters[User[EnterpriseUser]]) -> dict[str, Any]:
    return (
        User[EnterpriseUser]
        .model_validate(BEN)
        .model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=parameters)
    )
