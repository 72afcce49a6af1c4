"""A token is made or ended only by who has just given the password."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.test import Client

from scim_provisioning.models import Connection, Token
from tests import people
from tests.console.conftest import PAGE

SECRETS = {"password": people.PASSWORD}


@pytest.fixture
def olivia(acme: people.Acme) -> Client:
    """Olivia's browser, signed in long ago."""
    client = Client()
    assert acme.olivia.user is not None
    client.force_login(acme.olivia.user)
    return client


@pytest.mark.parametrize("password", ["", "wrong"])
def test_without_the_password_nothing_is_enabled(password: str, olivia: Client) -> None:
    page = olivia.post(f"{PAGE}enable/", {"password": password})

    assert page.status_code == 422
    assert "your password." in page.content.decode()
    assert not Connection.objects.exists()


def test_the_password_opens_ten_minutes(olivia: Client) -> None:
    olivia.post(f"{PAGE}enable/", SECRETS)
    token = Token.objects.get()

    text = olivia.get(PAGE).content.decode()
    answer = olivia.post(f"{PAGE}tokens/", {"newest_token": token.pk})

    assert "Your password" not in text
    assert answer.status_code == 200
    assert Token.objects.count() == 2


def test_after_ten_minutes_it_is_asked_for_again(olivia: Client) -> None:
    olivia.post(f"{PAGE}enable/", SECRETS)
    token = Token.objects.get()

    with patch("scim_provisioning.console.confirmation.time.time", return_value=2**33):
        page = olivia.post(f"{PAGE}tokens/{token.pk}/revoke/")

    token.refresh_from_db()
    assert page.status_code == 422
    assert "Enter your password." in page.content.decode()
    assert token.revoked_at is None


def test_who_guesses_five_times_is_signed_out(olivia: Client) -> None:
    answers = [olivia.post(f"{PAGE}enable/", {"password": str(guess)}) for guess in range(5)]

    assert [answer.status_code for answer in answers] == [422] * 4 + [302]
    assert olivia.get(PAGE).status_code == 302


def test_a_right_password_forgives_the_wrong_ones(olivia: Client) -> None:
    for guess in range(4):
        olivia.post(f"{PAGE}enable/", {"password": str(guess)})

    answer = olivia.post(f"{PAGE}enable/", SECRETS)

    assert answer.status_code == 200
    assert Connection.objects.get().is_enabled


def test_the_password_is_never_sent_back(olivia: Client) -> None:
    page = olivia.post(f"{PAGE}enable/", {**SECRETS, "group_policy": "SIDEWAYS"})

    assert people.PASSWORD not in page.content.decode()


def test_another_session_of_the_same_owner_has_to_give_it_too(
    olivia: Client, acme: people.Acme
) -> None:
    olivia.post(f"{PAGE}enable/", SECRETS)
    elsewhere = Client()
    assert acme.olivia.user is not None
    elsewhere.force_login(acme.olivia.user)

    page = elsewhere.post(f"{PAGE}tokens/{Token.objects.get().pk}/revoke/")

    assert page.status_code == 422
