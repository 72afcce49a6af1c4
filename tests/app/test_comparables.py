"""What filters compare of a document."""

from __future__ import annotations

from scim_provisioning.comparables import Value, singles, values
from scim_provisioning.protocol import urns


class TestSingles:
    def test_text_is_folded_under_its_dotted_name(self) -> None:
        document = {"title": "ENGINEER", "name": {"givenName": "Zoë", "familyName": "Straße"}}

        assert singles(document) == {
            "title": "engineer",
            "name.givenName": "zoë",
            "name.familyName": "strasse",
        }

    def test_extension_attributes_carry_their_urn(self) -> None:
        document = {urns.ENTERPRISE_USER: {"department": "R&D", "manager": {"displayName": "Bo"}}}

        assert singles(document) == {
            f"{urns.ENTERPRISE_USER}:department": "r&d",
            f"{urns.ENTERPRISE_USER}:manager.displayName": "bo",
        }

    def test_case_exact_text_stays_as_it_was_sent(self) -> None:
        """RFC 7643 §2.2: caseExact."""
        document = {
            "profileUrl": "https://people.example/Zoe",
            urns.ENTERPRISE_USER: {"manager": {"value": "00uBoss"}},
        }

        assert singles(document) == {
            "profileUrl": "https://people.example/Zoe",
            f"{urns.ENTERPRISE_USER}:manager.value": "00uBoss",
        }

    def test_a_boolean_becomes_text(self) -> None:
        assert singles({"active": False}) == {"active": "false"}

    def test_names_with_a_column_of_their_own_are_left_to_it(self) -> None:
        document = {"userName": "zoe", "displayName": "Zoe", "externalId": "1", "nickName": "Z"}

        assert singles(document) == {"nickName": "z"}


class TestValues:
    def test_each_value_is_a_row_in_the_order_of_the_document(self) -> None:
        document = {
            "emails": [
                {"value": "Zoe@Home.Example", "type": "Home"},
                {"value": "zoe@work.example", "primary": True},
            ]
        }

        assert values(document) == [
            Value(
                attribute="emails",
                value_key="zoe@home.example",
                comparable={"value": "zoe@home.example", "type": "home"},
            ),
            Value(
                attribute="emails",
                value_key="zoe@work.example",
                comparable={"value": "zoe@work.example", "primary": "true"},
            ),
        ]

    def test_a_value_without_value_has_no_key(self) -> None:
        document = {"addresses": [{"locality": "Paris", "type": "home"}]}

        assert values(document) == [
            Value(
                attribute="addresses",
                value_key="",
                comparable={"locality": "paris", "type": "home"},
            )
        ]

    def test_a_case_exact_value_has_a_folded_key_beside_it(self) -> None:
        document = {"photos": [{"value": "https://pictures.example/Z.png"}]}

        assert values(document) == [
            Value(
                attribute="photos",
                value_key="https://pictures.example/z.png",
                comparable={"value": "https://pictures.example/Z.png"},
            )
        ]

    def test_a_long_value_has_a_key_that_fits_the_index(self) -> None:
        document = {"photos": [{"value": "https://pictures.example/" + "z" * 5_000}]}

        assert len(values(document)[0].value_key) == 255

    def test_singular_attributes_are_none_of_them(self) -> None:
        assert values({"title": "Engineer", "name": {"givenName": "Zoe"}}) == []
