"""A representation holds what is assigned, in the order of the table (RFC 7643 §3)."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.documents import Document, canonicalise, represent
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE

ROLES = [{"value": "lead"}]
META = {"resourceType": "User", "location": "https://acme.test/scim/v2/Users/7"}


def represented(document: Document, **options: Any) -> Document:
    return represent(document, USER_TYPE, id="7", meta=META, **options)


def test_a_user_is_represented_whole() -> None:
    document = {
        "externalId": "00u7",
        "userName": "ben@acme.test",
        "active": True,
        urns.ENTERPRISE_USER: {"department": "Sales"},
    }

    answer = represented(document)

    assert answer == {
        "schemas": [urns.USER, urns.ENTERPRISE_USER],
        "id": "7",
        "externalId": "00u7",
        "userName": "ben@acme.test",
        "active": True,
        urns.ENTERPRISE_USER: {"department": "Sales"},
        "meta": META,
    }


def test_the_order_is_that_of_the_table() -> None:
    answer = represented({"active": True, urns.ENTERPRISE_USER: {"division": "x"}, "userName": "b"})

    assert list(answer) == ["schemas", "id", "userName", "active", urns.ENTERPRISE_USER, "meta"]


def test_an_absent_extension_is_not_among_the_schemas() -> None:
    """RFC 7643 §3: `schemas` names those that are present in the resource."""
    assert represented({"userName": "ben"})["schemas"] == [urns.USER]


def test_what_the_server_knows_itself_is_added_in_its_place() -> None:
    groups = [{"value": "g1", "display": "Sales"}]

    answer = represented({"userName": "ben", "roles": ROLES}, read_only={"groups": groups})

    assert list(answer) == ["schemas", "id", "userName", "groups", "roles", "meta"]
    assert answer["groups"] == groups


def test_the_document_is_left_as_it_is() -> None:
    document = {"userName": "ben"}

    represented(document)

    assert document == {"userName": "ben"}


def test_an_empty_group_shows_that_it_is_empty() -> None:
    answer = represent({"displayName": "Sales"}, GROUP_TYPE, id="7", meta=META)

    assert answer["members"] == []


@settings(max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries(
        {"userName": st.just("ben")},
        optional={
            "title": st.text("ab", max_size=2),
            "active": st.booleans(),
            "name": st.dictionaries(st.sampled_from(["givenName", "formatted"]), st.just("x")),
            "emails": st.lists(
                st.fixed_dictionaries(
                    {"value": st.text("ab", max_size=2), "primary": st.booleans()}
                )
            ),
            urns.ENTERPRISE_USER: st.dictionaries(st.just("department"), st.just("x")),
        },
    )
)
def test_a_representation_put_back_changes_nothing(payload: Document) -> None:
    """Okta's PUT echoes what its GET was given."""
    document = canonicalise(payload, USER_TYPE)

    assert canonicalise(represented(document), USER_TYPE) == document
