"""Names and addresses as texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspace import errors
from workspace.names import clean_email, clean_name, comparison_key, email_domain


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    key = comparison_key(text)

    assert comparison_key(key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [("BEN@acme.example", "ben@ACME.example"), ("Zoe\u0308", "ZO\u00cb"), ("\uff41bc", " abc ")],
)
def test_case_form_and_outer_blanks_make_no_difference(one: str, other: str) -> None:
    assert comparison_key(one) == comparison_key(other)


def test_a_dotless_i_is_another_letter() -> None:
    assert comparison_key("m\u0131a@acme.example") != comparison_key("mia@acme.example")


def test_a_blank_name_is_missing() -> None:
    with pytest.raises(errors.NameMissing):
        clean_name(" \u3000 ")


def test_a_name_whose_key_is_too_long_is_refused() -> None:
    with pytest.raises(errors.TextTooLong, match="at most 255"):
        clean_name("\ufdfa" * 20)


@pytest.mark.parametrize("email", ["ben", "@acme.example", "ben@", "a b@c.d", "a@b@c", "a@b\0c"])
def test_what_cannot_receive_mail_is_no_address(email: str) -> None:
    with pytest.raises(errors.EmailInvalid):
        clean_email(email)


def test_an_intranet_address_is_an_address() -> None:
    assert clean_email(" ben@corp.local ") == "ben@corp.local"


def test_a_domain_is_compared_by_its_key() -> None:
    assert email_domain("Ben@ACME.Example") == "acme.example"
