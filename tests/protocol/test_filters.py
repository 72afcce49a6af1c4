"""Filters are bound to the attribute table (RFC 7644 §3.4.2.2)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.errors import InvalidFilter, TooMany
from scim_provisioning.protocol.filters import (
    MAX_DEPTH,
    MAX_FILTER_LENGTH,
    MAX_TERMS,
    And,
    Comparison,
    ElementMatch,
    Node,
    Not,
    Nothing,
    Operator,
    Or,
    Presence,
    parse_filter,
)
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE, ResourceType


def comparison(text: str, resource_type: ResourceType = USER_TYPE) -> tuple[str, Operator, Any]:
    node = parse_filter(text, resource_type)
    assert isinstance(node, Comparison)
    return node.target.name, node.operator, node.operand


def written(node: Node) -> str:
    """Write a bound filter in one unambiguous form."""
    match node:
        case Comparison(target=target, operator=operator, operand=operand):
            return f"{target.name} {operator} {operand}"
        case Presence(target=target):
            return f"{target.name} pr"
        case ElementMatch(target=target, condition=condition):
            return f"{target.name}[{written(condition)}]"
        case And(terms=terms):
            return f"({' & '.join(map(written, terms))})"
        case Or(terms=terms):
            return f"({' | '.join(map(written, terms))})"
        case Not(term=term):
            return f"!{written(term)}"
    return "nothing"


class TestNames:
    @pytest.mark.parametrize(
        "text",
        [
            'userName eq "x"',
            'USERNAME Eq "x"',
            'urn:ietf:params:scim:schemas:core:2.0:User:userName eq "x"',
            'URN:IETF:params:scim:schemas:core:2.0:user:username EQ "x"',
        ],
    )
    def test_are_found_in_any_case_with_and_without_urn(self, text: str) -> None:
        """RFC 7644 §3.4.2.2: attribute names and operators are case insensitive; §3.10."""
        assert comparison(text) == ("userName", Operator.EQ, "x")

    @pytest.mark.parametrize(
        "text", ['department eq "x"', f'{urns.ENTERPRISE_USER}:Department eq "x"']
    )
    def test_of_an_extension_are_found_with_and_without_urn(self, text: str) -> None:
        assert comparison(text) == (f"{urns.ENTERPRISE_USER}:department", Operator.EQ, "x")

    def test_of_common_attributes_belong_to_no_schema(self) -> None:
        node = parse_filter("meta.lastModified pr", USER_TYPE)

        assert isinstance(node, Presence)
        assert (node.target.schema, node.target.name) == ("", "meta.lastModified")

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ('members eq "id"', "members.value"),
            ('members.value eq "id"', "members.value"),
        ],
    )
    def test_of_a_complex_attribute_mean_its_value(self, text: str, name: str) -> None:
        """The AWS-style clients ask `id eq G and members eq U` (aws/ssosync.json)."""
        assert comparison(text, GROUP_TYPE) == (name, Operator.EQ, "id")

    def test_of_the_manager_need_no_urn(self) -> None:
        """Entra asks `id eq X and manager eq Y` (entra/patch_oddities.json)."""
        name, _, operand = comparison('manager eq "boss"')

        assert (name, operand) == (f"{urns.ENTERPRISE_USER}:manager.value", "boss")

    def test_of_a_complex_attribute_without_value_are_refused(self) -> None:
        with pytest.raises(InvalidFilter, match="name"):
            parse_filter('name eq "x"', USER_TYPE)


class TestStructure:
    @pytest.mark.parametrize(
        ("text", "meaning"),
        [
            (
                'title pr or title eq "a" and active eq true',
                "(title pr | (title eq a & active eq True))",
            ),
            (
                '(title pr or title eq "a") and active eq true',
                "((title pr | title eq a) & active eq True)",
            ),
            ("not (title pr) and active eq true", "(!title pr & active eq True)"),
            (
                'emails[type eq "work" and value co "x"]',
                "emails[(emails.type eq work & emails.value co x)]",
            ),
            (
                'emails[type eq "work"].value eq "x"',
                "emails[(emails.type eq work & emails.value eq x)]",
            ),
        ],
    )
    def test_follows_precedence_and_brackets(self, text: str, meaning: str) -> None:
        """RFC 7644 §3.4.2.2: grouping, then not, and, or; Entra's `emails[…].value eq`."""
        assert written(parse_filter(text, USER_TYPE)) == meaning


class TestUnknownAttributes:
    @pytest.mark.parametrize(
        "text",
        [
            'shoeSize eq "42"',
            'name.shoeSize eq "42"',
            'urn:example:other:2.0:User:userName eq "x"',
            'emails[shoeSize eq "42"]',
            'emails[type eq "work" and shoeSize eq "42"]',
            'not (shoeSize eq "42")',
            'not (not (shoeSize eq "42"))',
            'active eq true and shoeSize eq "42"',
            'not (active eq true or shoeSize eq "42")',
            'not (active eq true and shoeSize eq "42")',
        ],
    )
    def test_select_nothing_even_when_negated(self, text: str) -> None:
        assert parse_filter(text, USER_TYPE) == Nothing()

    def test_leave_the_other_side_of_or(self) -> None:
        node = parse_filter("shoeSize pr or active eq true", USER_TYPE)

        assert written(node) == "active eq True"

    @pytest.mark.parametrize("text", ['password eq "x"', "password pr", 'not (password sw "x")'])
    def test_include_the_password(self, text: str) -> None:
        """RFC 7643 §7: what is never returned must not be told by a filter either."""
        assert parse_filter(text, USER_TYPE) == Nothing()


class TestOperands:
    @pytest.mark.parametrize("text", ["true", "True", '"True"', '"true"'])
    def test_of_booleans_may_be_text(self, text: str) -> None:
        assert comparison(f"active eq {text}")[2] is True

    def test_of_dates_become_instants(self) -> None:
        operand = comparison('meta.created gt "2026-01-02T03:04:05+02:00"')[2]

        assert operand == datetime(2026, 1, 2, 1, 4, 5, tzinfo=UTC)

    def test_that_are_numbers_compare_as_their_text(self) -> None:
        assert comparison("employeeNumber eq 7")[2] == "7"

    def test_null_means_not_present(self) -> None:
        assert written(parse_filter("title eq null", USER_TYPE)) == "!title pr"
        assert written(parse_filter("title ne null", USER_TYPE)) == "title pr"

    @pytest.mark.parametrize(
        "text",
        [
            'active eq "maybe"',
            "active eq 1",
            "active gt true",
            'x509Certificates.value lt "x"',
            'active co "t"',
            "title co 7",
            "title gt null",
            "title eq true",
            'meta.created gt "yesterday"',
            'meta.created gt "0001-01-01T00:00:00+14:00"',
            'meta.created co "2026"',
            'schemas[value eq "x"]',
            r'title eq "\u0000"',
            r'title eq "\ud800"',
        ],
    )
    def test_that_do_not_fit_are_refused(self, text: str) -> None:
        """RFC 7644 §3.4.2.2: ordering on booleans and binaries is an invalidFilter."""
        with pytest.raises(InvalidFilter):
            parse_filter(text, USER_TYPE)


class TestSyntax:
    @pytest.mark.parametrize(
        ("text", "where"),
        [
            ("", "ends too early"),
            ("userName eq", "ends too early"),
            ('(userName eq "x"', "ends too early"),
            ('emails[type eq "work"', "ends too early"),
            ('userName foo "x"', "character 10"),
            ('userName eq "x', "character 13"),
            ('emails.type[value eq "x"]', "not valid"),
        ],
    )
    def test_errors_say_where(self, text: str, where: str) -> None:
        with pytest.raises(InvalidFilter, match=where):
            parse_filter(text, USER_TYPE)

    def test_errors_do_not_repeat_the_operand(self) -> None:
        with pytest.raises(InvalidFilter) as caught:
            parse_filter('userName eq "carol@example.com" and', USER_TYPE)

        assert "carol" not in caught.value.detail


class TestLimits:
    def test_stop_a_long_text(self) -> None:
        with pytest.raises(TooMany):
            parse_filter(f'title eq "{"x" * MAX_FILTER_LENGTH}"', USER_TYPE)

    def test_stop_many_conditions(self) -> None:
        parse_filter(" or ".join(["title pr"] * MAX_TERMS), USER_TYPE)

        with pytest.raises(TooMany):
            parse_filter(" or ".join(["title pr"] * (MAX_TERMS + 1)), USER_TYPE)

    def test_stop_deep_nesting(self) -> None:
        parse_filter("not(" * MAX_DEPTH + "title pr" + ")" * MAX_DEPTH, USER_TYPE)

        with pytest.raises(InvalidFilter):
            parse_filter("not(" * 25 + "title pr" + ")" * 25, USER_TYPE)

    def test_stop_many_brackets(self) -> None:
        with pytest.raises(InvalidFilter, match="brackets"):
            parse_filter("(" * 1000 + "title pr" + ")" * 1000, USER_TYPE)
