"""Rotation: the old token ends when the owner says, and the page tells whether it is used."""

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


@pytest.mark.parametrize("days", [1, 7, 30])
def test_the_old_token_ends_at_the_chosen_time(days: int, owner: Client, token: Token) -> None:
    owner.post(f"{PAGE}tokens/", {"newest_token": token.pk, "old_one_ends_after": days})

    token.refresh_from_db()
    left = token.expires_at - timezone.now()
    assert timedelta(days=days, minutes=-1) < left < timedelta(days=days, minutes=1)
    assert token.revoked_at is None


def test_the_old_token_can_end_now(owner: Client, token: Token) -> None:
    owner.post(f"{PAGE}tokens/", {"newest_token": token.pk, "old_one_ends_after": "0"})

    token.refresh_from_db()
    assert token.revoked_at is not None
    assert Token.objects.filter(revoked_at=None).count() == 1


def test_a_token_is_never_given_more_time_than_it_had(owner: Client, token: Token) -> None:
    soon = timezone.now() + timedelta(hours=1)
    Token.objects.update(expires_at=soon)

    owner.post(f"{PAGE}tokens/", {"newest_token": token.pk, "old_one_ends_after": "30"})

    token.refresh_from_db()
    assert token.expires_at == soon


def test_another_duration_is_refused(owner: Client, token: Token) -> None:
    page = owner.post(f"{PAGE}tokens/", {"newest_token": token.pk, "old_one_ends_after": "365"})

    assert page.status_code == 422
    assert Token.objects.count() == 1


@pytest.mark.parametrize(
    ("used_after", "sentence"),
    [(True, "Still in use although a newer token"), (False, "Not used since the newer token")],
)
def test_the_page_tells_whether_the_old_one_is_still_used(
    used_after: bool, sentence: str, owner: Client, connection: Connection, token: Token
) -> None:
    credentials.mint(connection=connection)
    offset = timedelta(seconds=5 if used_after else -5)
    Token.objects.filter(pk=token.pk).update(last_used_at=timezone.now() + offset)

    assert sentence in owner.get(PAGE).content.decode()


def test_the_page_tells_who_used_a_token_and_from_where(owner: Client, token: Token) -> None:
    credentials.record_use(
        token, address="203.0.113.7", user_agent="Microsoft Azure AD SCIM provisioning"
    )

    text = " ".join(owner.get(PAGE).content.decode().split())

    assert "by Microsoft Entra ID from 203.0.113.7" in text
