"""Operations on a group's members fold into one change (RFC 7644 §3.5.2)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scim_provisioning.protocol.errors import InvalidValue, PayloadTooLarge, TooMany
from scim_provisioning.protocol.membership import MAX_SEARCH_CONDITIONS, MembershipChange
from scim_provisioning.protocol.schemas import GROUP_TYPE
from scim_provisioning.protocol.values import MAX_MEMBERS
from tests.protocol.patching import compiled, membership, operation


def members(*ids: str) -> list[dict[str, str]]:
    return [{"value": each} for each in ids]


def add(*ids: str) -> dict[str, Any]:
    return operation("add", "members", value=members(*ids))


def remove(*ids: str) -> dict[str, Any]:
    return operation("remove", "members", value=members(*ids))


def replace(*ids: str) -> dict[str, Any]:
    return operation("replace", "members", value=members(*ids))


def remove_where(condition: str) -> dict[str, Any]:
    return operation("remove", f"members[{condition}]")


def change(add: str = "", remove: str = "", *, replace: bool = False) -> MembershipChange:
    return MembershipChange(add=frozenset(add), remove=frozenset(remove), replace=replace)


class TestSingleOperations:
    def test_add_names_who_comes(self) -> None:
        """RFC 7644 §3.5.2.1."""
        assert membership(add("a", "b", "a")) == change(add="ab")

    def test_replace_names_everybody(self) -> None:
        """RFC 7644 §3.5.2.3: without a filter, all values are replaced."""
        assert membership(replace("a", "b")) == change(add="ab", replace=True)

    @pytest.mark.parametrize("value", [[], None, ""])
    def test_replace_by_nothing_empties(self, value: Any) -> None:
        """Okta's push of an empty group (okta/group_push_oin.json)."""
        change_ = membership(operation("replace", "members", value=value))

        assert change_ == change(replace=True)

    def test_remove_alone_empties(self) -> None:
        """RFC 7644 §3.5.2.2; Keycloak does so (keycloak/mitodl.json)."""
        assert membership(operation("remove", "members")) == change(replace=True)

    def test_remove_with_a_list_takes_only_those(self) -> None:
        """Outside of the RFC (entra/group_lifecycle.json)."""
        assert membership(remove("a", "b")) == change(remove="ab")

    @pytest.mark.parametrize("value", [[], ""])
    def test_remove_with_an_empty_list_takes_nobody(self, value: Any) -> None:
        assert membership(operation("remove", "members", value=value)).is_empty

    @pytest.mark.parametrize(
        ("condition", "expected"),
        [
            ('value eq "a"', change(remove="a")),
            ('value eq "a" or value eq "b"', change(remove="ab")),
            ('value eq "a" and type eq "User"', change(remove="a")),
            ('value eq "a" and value eq "b"', change()),
            ('value eq "a" and not (value eq "a")', change()),
            ('type eq "User"', change(replace=True)),
            ('type eq "Group"', change()),
            ("value pr", change(replace=True)),
            ('shoeSize eq "42"', change()),
        ],
    )
    def test_remove_by_condition_is_decided_without_the_members(
        self, condition: str, expected: MembershipChange
    ) -> None:
        """RFC 7644 §3.5.2.2, the filter on `value`."""
        assert membership(remove_where(condition)) == expected

    def test_replace_by_condition_swaps(self) -> None:
        swap = operation("replace", 'members[value eq "a"]', value={"value": "b"})

        assert membership(swap) == change(add="b", remove="a")

    def test_add_without_path_is_the_same(self) -> None:
        pathless = operation("add", value={"Members": members("a"), "displayName": "G"})

        assert membership(pathless) == membership(add("a"))


class TestValues:
    @pytest.mark.parametrize(
        "value",
        [
            [{"value": "a", "display": "A", "type": "User", "$ref": None}],
            {"value": "a"},
            [{"VALUE": "a"}],
            "a",
        ],
    )
    def test_may_carry_more_or_stand_alone(self, value: Any) -> None:
        """Okta sends `display`, Entra a null `$ref`."""
        assert membership(operation("add", "members", value=value)) == change(add="a")

    @pytest.mark.parametrize(
        "value",
        [[{}], [{"display": "A"}], [{"value": {"x": 1}}], [{"value": "a", "type": "Group"}]],
    )
    def test_without_an_id_or_of_a_group_are_refused(self, value: Any) -> None:
        with pytest.raises(InvalidValue):
            membership(operation("add", "members", value=value))


class TestOrder:
    @pytest.mark.parametrize(
        ("operations", "expected"),
        [
            ([add("a"), remove("a")], change(remove="a")),
            ([remove("a"), add("a")], change(add="a")),
            ([remove_where('value eq "a"'), add("b")], change(add="b", remove="a")),
            ([add("a"), replace("b")], change(add="b", replace=True)),
            ([replace("a", "b"), remove("b"), add("c")], change(add="ac", replace=True)),
            ([operation("remove", "members"), add("a", "b")], change(add="ab", replace=True)),
            ([replace("a", "b"), remove_where('not (value eq "a")')], change("a", replace=True)),
        ],
    )
    def test_later_operations_win(
        self, operations: list[dict[str, Any]], expected: MembershipChange
    ) -> None:
        """RFC 7644 §3.5.2: operations are applied in the order in which they appear."""
        assert membership(*operations) == expected


class TestUndecided:
    def test_changes_wait_for_the_current_members(self) -> None:
        folded = membership(add("a"), remove_where('value sw "b"'), add("b1"), remove("c"))

        assert folded.needs_current
        assert folded.resolve({"b1", "b2", "c", "d"}) == MembershipChange(
            add=frozenset({"a"}), remove=frozenset({"b2", "c"})
        )

    def test_changes_before_a_replacement_need_no_members(self) -> None:
        folded = membership(remove_where('value sw "b"'), replace("a"))

        assert folded == change(add="a", replace=True)

    def test_changes_may_come_to_nothing(self) -> None:
        assert membership(remove_where('value sw "b"')).resolve({"a"}).is_empty


class TestLimits:
    def test_stop_many_members(self) -> None:
        """A PUT names everybody: so many have to fit, and no request may name more."""
        half = [str(number) for number in range(MAX_MEMBERS // 2)]
        membership(add(*half), remove(*half))

        with pytest.raises(PayloadTooLarge):
            membership(add(*half), remove(*half), add("one more"))

    def test_stop_many_searches(self) -> None:
        search = remove_where('value co "x"')
        membership(*[search] * MAX_SEARCH_CONDITIONS)

        with pytest.raises(TooMany):
            membership(*[search] * (MAX_SEARCH_CONDITIONS + 1))


IDS = st.lists(st.sampled_from("abcd"), max_size=3)
OPERATIONS = st.one_of(
    IDS.map(lambda ids: add(*ids)),
    IDS.map(lambda ids: remove(*ids)),
    IDS.map(lambda ids: replace(*ids)),
    st.sampled_from(["a", "b"]).map(lambda each: remove_where(f'value eq "{each}"')),
    st.sampled_from(["a", "b"]).map(lambda each: remove_where(f'value ne "{each}"')),
    st.just(operation("remove", "members")),
)


@settings(max_examples=150, deadline=None)
@given(st.sets(st.sampled_from("abcd")), st.lists(OPERATIONS, min_size=1, max_size=6))
def test_the_change_is_what_the_operations_do_one_by_one(
    current: set[str], operations: list[dict[str, Any]]
) -> None:
    final = set(current)
    for each in operations:
        final = set(membership(each).apply(final))

    folded = membership(*operations)
    resolved = folded.resolve(current)

    assert folded.apply(current) == final
    assert resolved.apply(current) == final
    assert not resolved.needs_current
    assert not resolved.add & resolved.remove


class TestDocuments:
    def test_that_hold_members_are_patched_too(self) -> None:
        group = {"displayName": "G", "members": members("b", "a")}
        patch = compiled(add("c"), remove("a"), resource_type=GROUP_TYPE)

        assert patch.apply(group) == {"displayName": "G", "members": members("b", "c")}
        assert patch.attributes == {"members"}

    def test_without_operations_on_members_keep_them(self) -> None:
        group = {"displayName": "G", "members": members("a")}
        patch = compiled(operation("replace", "displayName", value="H"), resource_type=GROUP_TYPE)

        assert patch.membership is None
        assert patch.apply(group) == {"displayName": "H", "members": members("a")}
