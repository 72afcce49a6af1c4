"""A PATCH message is compiled as a whole, or refused as a whole (RFC 7644 §3.5.2)."""

from __future__ import annotations

import contextlib
import copy
from typing import Any

import pytest

from scim_provisioning.protocol.dialects import MAX_OPERATIONS
from scim_provisioning.protocol.errors import (
    BadRequest,
    InvalidPath,
    InvalidSyntax,
    InvalidValue,
    Mutability,
    PayloadTooLarge,
    TooMany,
)
from scim_provisioning.protocol.patch import MAX_SEARCH_CONDITIONS, compile_patch
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE, ResourceType
from tests.protocol.patching import ENTERPRISE, compiled, message, operation, patched

CAROL: dict[str, Any] = {"userName": "carol", "emails": [{"value": "a", "type": "work"}]}
ODDITIES: list[Any] = [
    *(None, True, 0, 1.5, "", "x"),
    *([], [[]], [[["x"]]], [None], [1], {}, {"value": {}}, {"VALUE": [[]]}),
]


class TestShape:
    @pytest.mark.parametrize(
        "payload",
        [
            None,
            [],
            "x",
            {},
            {"Operations": None},
            {"Operations": {"op": "add"}},
            {"Operations": ["add"]},
            {"Operations": [{}]},
            {"Operations": [{"op": "upsert", "path": "title", "value": "x"}]},
            {"Operations": [{"op": "remove values", "path": "title", "value": "x"}]},
            {"Operations": [{"op": ["add"]}]},
            {"Operations": [], "operations": []},
        ],
    )
    def test_that_is_no_message_is_invalid_syntax(self, payload: Any) -> None:
        """RFC 7644 §3.5.2: the body MUST contain Operations, each with one op."""
        with pytest.raises(InvalidSyntax):
            compile_patch(payload, USER_TYPE)

    def test_may_be_in_any_case(self) -> None:
        """Entra capitalises operations; `operations` is recorded in entra/patch_oddities.json."""
        payload = {"operations": [{"OP": "REPLACE", "Path": "title", "VALUE": "Boss"}]}

        assert compile_patch(payload, USER_TYPE).apply(CAROL)["title"] == "Boss"

    def test_without_operations_is_harmless(self) -> None:
        """Entra's validator sends an empty list (entra/patch_oddities.json)."""
        patch = compiled()

        assert patch.apply(CAROL) == CAROL
        assert patch.attributes == frozenset()
        assert patch.membership is None

    def test_with_a_null_path_has_no_path(self) -> None:
        given = {"op": "add", "path": None, "value": {"title": "Boss"}}

        assert patched(CAROL, given)["title"] == "Boss"

    def test_with_a_path_that_is_no_text_is_refused(self) -> None:
        with pytest.raises(InvalidPath):
            patched(CAROL, {"op": "add", "path": ["title"], "value": "x"})


class TestMutability:
    @pytest.mark.parametrize("op", ["add", "replace", "remove"])
    @pytest.mark.parametrize(
        "path",
        ["id", "meta", "meta.created", "groups", 'groups[value eq "x"]', "manager.displayName"],
    )
    def test_of_a_read_only_attribute_is_an_error_by_path(self, op: str, path: str) -> None:
        """RFC 7644 §3.5.2: a client MUST NOT modify what is readOnly."""
        with pytest.raises(Mutability, match="read-only"):
            compiled(operation(op, path, value="x"))

    @pytest.mark.parametrize("path", ["members.value", 'members[value eq "x"].value'])
    def test_of_an_immutable_part_is_an_error(self, path: str) -> None:
        """RFC 7643 §8.7.1: a member is replaced, not rewritten."""
        with pytest.raises(Mutability):
            compiled(operation("replace", path, value="y"), resource_type=GROUP_TYPE)

    def test_of_the_password_is_no_matter(self) -> None:
        """Okta syncs one when told to (okta/user_lifecycle_oin.json)."""
        patch = compiled(operation("replace", "password", value="secret"))

        assert patch.apply(CAROL) == CAROL
        assert patch.attributes == frozenset()


class TestAtomicity:
    def test_a_bad_operation_is_found_before_any_state(self) -> None:
        """RFC 7644 §3.5.2: a PATCH request SHALL be treated as atomic."""
        with pytest.raises(InvalidValue):
            compiled(
                operation("replace", "title", value="Boss"),
                operation("replace", "active", value="maybe"),
            )

    def test_the_given_document_stays_as_it_is(self) -> None:
        given = copy.deepcopy(CAROL)

        patched(
            given,
            operation("add", 'emails[type eq "work"].display', value="x"),
            operation("remove", "emails"),
        )

        assert given == CAROL

    def test_a_patch_can_be_applied_again(self) -> None:
        patch = compiled(
            operation("replace", "emails", value=[{"value": "b", "display": "B"}]),
            operation("remove", "emails.display"),
            operation("add", "emails", value=[{"value": "c", "primary": True}]),
        )

        assert patch.apply(CAROL) == patch.apply(CAROL)

    def test_operations_see_those_before_them(self) -> None:
        """RFC 7644 §3.5.2: operations are applied in the order in which they appear."""
        document = patched(
            CAROL,
            operation("replace", 'emails[type eq "work"].type', value="home"),
            operation("remove", 'emails[type eq "home"]'),
        )

        assert "emails" not in document


def test_the_touched_attributes_are_named() -> None:
    patch = compiled(
        operation("add", "name.givenName", value="C"),
        operation("add", "manager", value="boss"),
        operation("remove", 'emails[type eq "x"]'),
    )

    assert patch.attributes == {"name", ENTERPRISE, "emails"}


class TestLimits:
    def test_stop_many_operations(self) -> None:
        given = operation("replace", "title", value="x")
        compiled(*[given] * MAX_OPERATIONS)

        with pytest.raises(PayloadTooLarge):
            compiled(*[given] * (MAX_OPERATIONS + 1))

    def test_stop_many_searches(self) -> None:
        given = operation("remove", 'emails[value co "x"]')
        compiled(*[given] * MAX_SEARCH_CONDITIONS)

        with pytest.raises(TooMany):
            compiled(*[given] * (MAX_SEARCH_CONDITIONS + 1))


@pytest.mark.parametrize("resource_type", [USER_TYPE, GROUP_TYPE])
@pytest.mark.parametrize("op", ["add", "replace", "remove"])
@pytest.mark.parametrize(
    "path", [None, "name", "emails", 'emails[type eq "a"]', "members", "active"]
)
def test_any_json_is_answered_or_refused_as_scim(
    resource_type: ResourceType, op: str, path: str | None
) -> None:
    for value in ODDITIES:
        given = {"op": op, "path": path, "value": value}
        with contextlib.suppress(BadRequest, PayloadTooLarge):
            compile_patch(message(given), resource_type).apply({"userName": "carol"})
