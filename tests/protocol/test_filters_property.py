"""Any filter keeps its meaning, any text is answered (RFC 7644 §3.4.2.2)."""

from __future__ import annotations

import contextlib
import json
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from scim_provisioning.protocol.errors import ScimError
from scim_provisioning.protocol.filters import (
    And,
    Comparison,
    ElementMatch,
    Node,
    Not,
    Operator,
    Or,
    Presence,
    Target,
    parse_filter,
)
from scim_provisioning.protocol.paths import parse_path
from scim_provisioning.protocol.schemas import USER_TYPE, AttributeType

TEXTS = ("userName", "externalId", "title", "name.givenName", "emails.value", "department")
CONDITIONS = st.deferred(lambda: _conditions(TEXTS, "active", with_brackets=True))


def _target(name: str) -> Target:
    node = parse_filter(f"{name} pr", USER_TYPE)
    assert isinstance(node, Presence)
    return node.target


def _conditions(
    texts: tuple[str, ...], boolean: str, *, with_brackets: bool = False
) -> st.SearchStrategy[Node]:
    operands = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    leaves: list[st.SearchStrategy[Node]] = [
        st.builds(
            Comparison,
            target=st.sampled_from([_target(each) for each in texts]),
            operator=st.sampled_from(Operator),
            operand=operands,
        ),
        st.builds(
            Comparison,
            target=st.just(_target(boolean)),
            operator=st.sampled_from([Operator.EQ, Operator.NE]),
            operand=st.booleans(),
        ),
        st.builds(Presence, target=st.sampled_from([_target(each) for each in texts])),
    ]
    if with_brackets:
        inner = _conditions(("emails.value", "emails.type"), "emails.primary")
        leaves.append(st.builds(ElementMatch, target=st.just(_target("emails")), condition=inner))
    return st.recursive(
        st.one_of(leaves),
        lambda terms: st.one_of(
            st.builds(Not, term=terms),
            st.lists(terms, min_size=2, max_size=3).map(lambda each: _joined(And, each)),
            st.lists(terms, min_size=2, max_size=3).map(lambda each: _joined(Or, each)),
        ),
        max_leaves=8,
    )


def _joined(kind: type[And] | type[Or], terms: list[Node]) -> Node:
    """Join terms as the grammar does: a chain of one operator is one node."""
    flat = [
        inner for each in terms for inner in (each.terms if isinstance(each, kind) else (each,))
    ]
    return kind(terms=tuple(flat))


def write(node: Node, *, inside: bool = False) -> str:
    def name(target: Target) -> str:
        return target.leaf.name if inside else target.name

    match node:
        case Comparison(target=target, operator=operator, operand=operand):
            assert target.leaf.type is not AttributeType.DATE_TIME
            return f"{name(target)} {operator} {json.dumps(operand)}"
        case Presence(target=target):
            return f"{name(target)} pr"
        case ElementMatch(target=target, condition=condition):
            return f"{target.name}[{write(condition, inside=True)}]"
        case And(terms=terms):
            written = (
                f"({write(each, inside=inside)})"
                if isinstance(each, Or)
                else write(each, inside=inside)
                for each in terms
            )
            return " and ".join(written)
        case Or(terms=terms):
            return " or ".join(write(each, inside=inside) for each in terms)
        case Not(term=term):
            return f"not ({write(term, inside=inside)})"
    raise AssertionError(node)


@settings(max_examples=150, deadline=None)
@given(CONDITIONS)
def test_a_written_filter_is_read_back_as_it_was(node: Node) -> None:
    text = write(node)

    assert parse_filter(text, USER_TYPE) == node


PIECES = st.sampled_from(
    [
        *'()[]".: -\\\0\ud800',
        *("not", "and", "or", "eq", "pr", "null", "true", "userName", "emails", "$ref"),
        *("urn:", "urn:a:b:", "1e999", "9" * 5000),
    ]
)
HOSTILE = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join), st.binary().map(repr))


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_hostile_text_is_answered_or_refused_as_scim(text: str) -> None:
    with contextlib.suppress(ScimError):
        parse_filter(text, USER_TYPE)
    with contextlib.suppress(ScimError):
        parse_path(text, USER_TYPE)


def test_the_largest_texts_are_read_quickly() -> None:
    """The worst that the caps let through takes milliseconds."""
    texts = ["urn:" + "a:" * 4000, "a" * 8000, "a." * 4000, '"' * 8000, "not(" * 2000, "[" * 8000]
    started = time.perf_counter()

    for text in texts:
        with contextlib.suppress(ScimError):
            parse_filter(text, USER_TYPE)

    assert time.perf_counter() - started < 1
