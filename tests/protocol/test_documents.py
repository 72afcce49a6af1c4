"""A body of POST or PUT becomes a canonical document, whatever a client calls things."""

from __future__ import annotations

from typing import Any

import pytest

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.documents import Document, canonicalise
from scim_provisioning.protocol.errors import InvalidSyntax, InvalidValue
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE


def user(**attributes: Any) -> Document:
    """Canonicalise a user of this name with these attributes, and leave the name out."""
    document = canonicalise({"userName": "ben@acme.test", **attributes}, USER_TYPE)
    assert document.pop("userName") == "ben@acme.test"
    return document


class TestNames:
    def test_attributes_are_named_in_any_case(self) -> None:
        """RFC 7643 §2.1: attribute names are case insensitive."""
        document = canonicalise({"USERNAME": "ben", "DisplayName": "Ben"}, USER_TYPE)

        assert document == {"userName": "ben", "displayName": "Ben"}

    def test_dotted_names_build_one_value(self) -> None:
        document = user(**{"name.givenName": "Ben", "Name.FamilyName": "Okoye"})

        assert document == {"name": {"givenName": "Ben", "familyName": "Okoye"}}

    def test_dotted_names_join_the_object_beside_them(self) -> None:
        document = user(**{"name": {"givenName": "Ben"}, "name.familyName": "Okoye"})

        assert document == {"name": {"givenName": "Ben", "familyName": "Okoye"}}

    @pytest.mark.parametrize("urn", [urns.ENTERPRISE_USER, urns.ENTERPRISE_USER.upper()])
    def test_an_extension_is_an_object_under_its_urn(self, urn: str) -> None:
        """RFC 7643 §3.3."""
        assert user(**{urn: {"Department": "Sales"}}) == {
            urns.ENTERPRISE_USER: {"department": "Sales"}
        }

    def test_names_may_be_qualified_by_a_urn(self) -> None:
        """RFC 7644 §3.10."""
        document = canonicalise(
            {
                f"{urns.USER}:userName": "ben",
                f"{urns.USER}:name.givenName": "Ben",
                f"{urns.ENTERPRISE_USER}:department": "Sales",
                f"{urns.ENTERPRISE_USER}:manager.value": "26",
            },
            USER_TYPE,
        )

        assert document == {
            "userName": "ben",
            "name": {"givenName": "Ben"},
            urns.ENTERPRISE_USER: {"department": "Sales", "manager": {"value": "26"}},
        }

    def test_core_attributes_may_be_nested_under_their_urn(self) -> None:
        document = canonicalise(
            {urns.USER: {"userName": "ben", "externalId": "7", "name.givenName": "Ben"}}, USER_TYPE
        )

        assert document == {"externalId": "7", "userName": "ben", "name": {"givenName": "Ben"}}

    @pytest.mark.parametrize(
        "body",
        [
            {"userName": "ben", "username": "bob"},
            {"userName": "ben", f"{urns.USER}:userName": "bob"},
            {"userName": "ben", urns.USER: {"userName": "ben"}},
            {"userName": "ben", "name.givenName": "Ben", "NAME.givenname": "Bob"},
            {"userName": "ben", "name": {"givenName": "Ben"}, "name.givenName": "Bob"},
            {"userName": "ben", "name": {"GivenName": "Ben"}, "name.givenName": "Bob"},
            {"userName": "ben", "emails": [{"value": "a"}], "emails.value": "b"},
        ],
    )
    def test_an_attribute_named_twice_is_refused(self, body: Document) -> None:
        with pytest.raises(InvalidSyntax, match="twice"):
            canonicalise(body, USER_TYPE)

    def test_attributes_come_in_the_order_of_the_table(self) -> None:
        document = canonicalise(
            {"active": True, "title": "Cook", "userName": "ben", "externalId": "7"}, USER_TYPE
        )

        assert list(document) == ["externalId", "userName", "title", "active"]


class TestWhatIsIgnored:
    @pytest.mark.parametrize(
        "extra",
        [
            {"shoeSize": 42, "name.shoeSize": 1},
            {"urn:example:params:scim:Extra": {"a": 1}},
            {"id": None},
            {"id": "7", "meta": {"resourceType": "User"}},
            {"groups": [{"value": "7"}]},
            {"groups": "nonsense"},
            {"password": {"even": "of the wrong type"}},
            {f"{urns.ENTERPRISE_USER}:manager.displayName": "Mia"},
            {urns.ENTERPRISE_USER: None},
            {urns.ENTERPRISE_USER: {"manager": {"value": ""}}},
            {"emails": None, "photos": [], "title": ""},
            {"department": "an extension's attribute without its URN"},
        ],
    )
    def test_unknown_read_only_and_empty_attributes_leave_nothing(self, extra: Document) -> None:
        """RFC 7644 §3.3: read-only attributes SHALL be ignored."""
        assert user(**extra) == {}

    @pytest.mark.parametrize(
        "schemas",
        [
            None,
            [],
            ["urn:scim:schemas:core:1.0", urns.USER],
            "urn:scim:schemas:core:1.0",
            ["http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
        ],
    )
    def test_unknown_or_missing_schemas_are_no_error(self, schemas: object) -> None:
        assert user(schemas=schemas) == {}


class TestWhatIsRefused:
    @pytest.mark.parametrize("payload", [None, [], "text", 7, True])
    def test_a_body_that_is_no_object(self, payload: object) -> None:
        with pytest.raises(InvalidSyntax, match="must be a JSON object"):
            canonicalise(payload, USER_TYPE)

    @pytest.mark.parametrize("schemas", [7, {"a": 1}, [urns.USER, 7]])
    def test_schemas_that_are_no_text(self, schemas: object) -> None:
        with pytest.raises(InvalidValue, match="schemas must be a list of URNs"):
            user(schemas=schemas)

    @pytest.mark.parametrize("body", [{}, {"userName": None}, {"userName": " "}])
    def test_a_user_without_a_name(self, body: Document) -> None:
        """RFC 7643 §4.1.1: userName is REQUIRED."""
        with pytest.raises(InvalidValue, match=r"^userName is required\.$"):
            canonicalise(body, USER_TYPE)

    def test_a_group_without_a_name(self) -> None:
        with pytest.raises(InvalidValue, match=r"^displayName is required\.$"):
            canonicalise({"members": []}, GROUP_TYPE)

    def test_an_extension_that_is_no_object(self) -> None:
        with pytest.raises(InvalidValue, match=r"enterprise:2\.0:User must be an object"):
            user(**{urns.ENTERPRISE_USER: "Sales"})

    def test_a_wrong_value_in_an_extension_is_named_in_full(self) -> None:
        with pytest.raises(InvalidValue, match=r"User:department must be text"):
            user(**{urns.ENTERPRISE_USER: {"department": True}})


class TestGroups:
    def test_members_are_ids(self) -> None:
        document = canonicalise(
            {"displayName": "Sales", "members": [{"value": "7", "display": "Ben"}]}, GROUP_TYPE
        )

        assert document == {"displayName": "Sales", "members": [{"value": "7"}]}

    def test_no_members_are_absent(self) -> None:
        assert canonicalise({"displayName": "Sales", "members": []}, GROUP_TYPE) == {
            "displayName": "Sales"
        }
