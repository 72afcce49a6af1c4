"""A browser in which a member is signed in; must not know a page."""

from __future__ import annotations

from django.test import Client

from tests.people import account_of
from workspace.models import Member


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(account_of(member))
    return client


def with_key(secret: str) -> Client:
    """Return a program that shows an API key."""
    return Client(headers={"authorization": f"Bearer {secret}"})
