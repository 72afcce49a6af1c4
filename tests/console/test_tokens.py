"""Tokens: listed, made one at a time, revoked at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from scim_provisioning import credentials
from scim_provisioning.models import Connection, Token
from tests.console.conftest import PAGE


@pytest.fixture
def token(connection: Connection) -> Token:
    return connection.tokens.get()


def test_a_token_is_listed_without_its_secret(owner: Client, token: Token) -> None:
    token.label = "Okta"
    token.save()

    text = owner.get(PAGE).content.decode()

    assert f"scim_{token.key_id}…" in text
    assert "Okta" in text
    assert "Live" in text
    assert "never used" in text
    assert token.digest not in text


def test_a_new_token_is_shown_once_beside_the_old_one(
    owner: Client, connection: Connection, token: Token
) -> None:
    page = owner.post(f"{PAGE}tokens/", {"label": "New", "newest_token": token.pk})

    match = credentials.PATTERN.search(page.content.decode())
    assert match is not None
    assert credentials.verify(match.group(), connection_id=str(connection.public_id)).label == "New"
    assert page["Cache-Control"] == "no-store"
    assert credentials.PATTERN.search(owner.get(PAGE).content.decode()) is None


def test_a_form_sent_twice_makes_one_token(owner: Client, token: Token) -> None:
    owner.post(f"{PAGE}tokens/", {"newest_token": token.pk})

    page = owner.post(f"{PAGE}tokens/", {"newest_token": token.pk})

    assert page.status_code == 409
    assert "the page you sent this from was out of date" in page.content.decode()
    assert Token.objects.count() == 2


def test_a_third_live_token_is_refused_with_the_reason(
    owner: Client, connection: Connection, token: Token
) -> None:
    second, _text = credentials.mint(connection=connection)

    page = owner.post(f"{PAGE}tokens/", {"newest_token": second.pk})

    assert page.status_code == 409
    assert "two live tokens at most" in page.content.decode()
    assert Token.objects.count() == 2


def test_with_two_live_tokens_the_page_says_that_there_is_no_room(
    owner: Client, connection: Connection
) -> None:
    credentials.mint(connection=connection)

    text = owner.get(PAGE).content.decode()

    assert "Two tokens are live, which is the most" in text
    assert "Create token" not in text


def test_a_label_that_is_too_long_is_refused_beside_its_field(owner: Client, token: Token) -> None:
    page = owner.post(f"{PAGE}tokens/", {"label": "x" * 101, "newest_token": token.pk})

    assert page.status_code == 422
    assert "at most 100 characters" in page.content.decode()
    assert Token.objects.count() == 1


def test_a_revoked_token_ends_at_once(owner: Client, token: Token) -> None:
    answer = owner.post(f"{PAGE}tokens/{token.pk}/revoke/", follow=True)

    token.refresh_from_db()
    assert token.revoked_at is not None
    assert "The token is revoked." in answer.content.decode()
    assert "Revoked" in answer.content.decode()


def test_revoking_a_token_again_changes_nothing_and_says_so(owner: Client, token: Token) -> None:
    credentials.revoke(token)
    token.refresh_from_db()

    page = owner.post(f"{PAGE}tokens/{token.pk}/revoke/")

    assert page.status_code == 409
    assert "this token had already ended" in page.content.decode()
    assert Token.objects.get().revoked_at == token.revoked_at


def test_an_expired_token_is_told_from_a_live_one(owner: Client, token: Token) -> None:
    token.expires_at = timezone.now() - timedelta(seconds=1)
    token.save()

    text = owner.get(PAGE).content.decode()

    assert "Expired" in text
    assert "Live" not in text
