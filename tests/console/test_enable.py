"""Enabling: what the page says before, what it gives once, what it says after."""

from __future__ import annotations

import re

from django.db import connection as database
from django.test import Client

from scim_provisioning import connections, credentials
from scim_provisioning.models import Connection, Token
from tests import people
from tests.console.conftest import PAGE

TOKEN = credentials.PATTERN


def test_before_enabling_the_page_says_what_it_will_do(owner: Client, acme: people.Acme) -> None:
    page = owner.get(PAGE)

    text = page.content.decode()
    assert page.status_code == 200
    assert "Not enabled" in text
    assert "keeps the people and groups of Acme in step" in text
    assert "Enable provisioning" in text
    assert not Connection.objects.exists()


def test_enabling_shows_base_url_and_a_token_that_works(owner: Client) -> None:
    page = owner.post(f"{PAGE}enable/")

    connection = Connection.objects.get()
    token = _shown_token(page.content)
    assert page.status_code == 200
    assert connection.base_url in page.content.decode()
    assert token is not None
    verified = credentials.verify(token, connection_id=str(connection.public_id))
    assert verified == connection.tokens.get()


def test_the_owner_who_enabled_is_named_as_the_tokens_maker(
    owner: Client, acme: people.Acme
) -> None:
    owner.post(f"{PAGE}enable/")

    assert Token.objects.get().created_by == acme.olivia.user


def test_the_page_with_the_token_is_kept_by_nobody(owner: Client) -> None:
    assert owner.post(f"{PAGE}enable/")["Cache-Control"] == "no-store"


def test_after_a_reload_the_token_is_gone(owner: Client) -> None:
    owner.post(f"{PAGE}enable/")

    page = owner.get(PAGE)

    assert page.status_code == 200
    assert "Enabled" in page.content.decode()
    assert _shown_token(page.content) is None


def test_the_token_is_stored_nowhere(owner: Client) -> None:
    token = _shown_token(owner.post(f"{PAGE}enable/").content)

    assert token is not None
    secret = token.rpartition("_")[2]
    assert secret not in _whole_database()
    assert secret not in repr(dict(owner.session))
    assert secret not in owner.cookies.output()


def test_enabling_twice_makes_no_second_token_and_says_so(owner: Client) -> None:
    owner.post(f"{PAGE}enable/")

    page = owner.post(f"{PAGE}enable/")

    assert page.status_code == 409
    assert "Provisioning was already enabled." in page.content.decode()
    assert _shown_token(page.content) is None
    assert Token.objects.count() == 1


def test_enabling_again_keeps_the_base_url_and_leaves_old_tokens_dead(
    owner: Client, connection: Connection
) -> None:
    connections.disable(connection)

    page = owner.post(f"{PAGE}enable/")

    assert connection.base_url in page.content.decode()
    assert [token.revoked_at is None for token in Token.objects.order_by("pk")] == [False, True]


def test_nothing_on_the_page_runs_or_styles_from_within_it(owner: Client) -> None:
    """A Content-Security-Policy may forbid inline scripts and styles."""
    page = owner.post(f"{PAGE}enable/").content.decode()

    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)


def _shown_token(content: bytes) -> str | None:
    match = TOKEN.search(content.decode())
    return match.group() if match else None


def _whole_database() -> str:
    with database.cursor() as cursor:
        rows = []
        for table in database.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {database.ops.quote_name(table)}")
            rows += cursor.fetchall()
    return repr(rows)
