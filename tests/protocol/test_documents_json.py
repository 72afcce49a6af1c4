"""Bodies are strict JSON in UTF-8 (RFC 8259, RFC 7644 §3.12 invalidSyntax)."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scim_provisioning.protocol.documents import parse_json
from scim_provisioning.protocol.errors import InvalidSyntax


def test_json_in_utf_8_is_read() -> None:
    assert parse_json('{"name": "Zoë", "n": [1, 2.5, true, null]}'.encode()) == {
        "name": "Zoë",
        "n": [1, 2.5, True, None],
    }


def test_a_byte_order_mark_is_let_pass() -> None:
    """RFC 8259 §8.1 lets a parser ignore it."""
    assert parse_json(b"\xef\xbb\xbf{}") == {}


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", r"not JSON \(line 1, column 1\)"),
        (b'{"a": 1,}', "not JSON"),
        (b"{} {}", "not JSON"),
        (b"{'a': 1}", "not JSON"),
        (b'{"a": "\x01"}', "not JSON"),
        (b'{"a": "\xff"}', "not UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "not UTF-8"),
        (b'{"a": "\xed\xa0\x80"}', "not UTF-8"),
        (b'{"a": 1, "a": 2}', "names an attribute twice"),
        (b'{"a": {"b": 1, "b": 1}}', "names an attribute twice"),
        (b"[NaN]", "a number that JSON does not know"),
        (b"[-Infinity]", "a number that JSON does not know"),
        (b"[1e999]", "a number that JSON does not know"),
        (b"[" + b"1" * 21 + b"]", "an integer of more than 20 digits"),
        (b"[-" + b"1" * 10_000 + b"]", "an integer of more than 20 digits"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 200_000, "nested too deeply"),
    ],
)
def test_what_is_not_strict_json_is_refused_in_a_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(InvalidSyntax, match=sentence):
        parse_json(raw)


def test_an_integer_of_twenty_digits_is_read() -> None:
    assert parse_json(b"-" + b"9" * 20) == -(10**20 - 1)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8")))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        value = parse_json(raw)
    except InvalidSyntax:
        return

    assert json.loads(json.dumps(value)) == value
