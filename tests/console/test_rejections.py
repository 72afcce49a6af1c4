"""Rejected credentials: counted per minute and reason, for a connection that exists."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from scim_provisioning import connections, credentials, rejections
from scim_provisioning.models import JournalEntry, Token
from tests.console.conftest import PAGE
from tests.console.directory import Directory
from workspace.services import workspaces


def counted() -> dict[str, int]:
    rejections.write_noted()
    entries = JournalEntry.objects.filter(operation="authenticate")
    return dict(entries.values_list("scim_type", "count"))


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        ("", "missing"),
        ("x", "malformed"),
        ("scim_12345678_" + "a" * 49, "malformed"),
    ],
)
def test_what_is_no_token_is_counted(token: str, reason: str, directory: Directory) -> None:
    for _ in range(3):
        directory.send("GET", "/Users", token=token)

    assert counted() == {reason: 3}


def test_a_foreign_token_is_unknown_here(directory: Directory) -> None:
    key_id, secret = "0" * 8, "0" * 43
    foreign = f"scim_{key_id}_{secret}{credentials._checksum(key_id + secret)}"

    directory.send("POST", "/Users", {}, token=foreign)

    assert counted() == {"unknown": 1}


def test_a_revoked_and_an_expired_token_are_told_apart(directory: Directory) -> None:
    Token.objects.update(expires_at=timezone.now())
    directory.send("GET", "/Users")
    Token.objects.update(revoked_at=timezone.now())
    directory.send("GET", "/Users")

    assert counted() == {"expired": 1, "revoked": 1}


def test_switched_off_and_without_the_plan_are_told_apart(directory: Directory) -> None:
    workspaces.change_plan(workspace=directory.connection.workspace, plan="PRO")
    directory.send("GET", "/Users")
    connections.disable(directory.connection)
    directory.send("GET", "/Users")

    assert counted() == {"unavailable": 1, "switchedOff": 1}


def test_another_minute_is_another_row(directory: Directory) -> None:
    directory.send("GET", "/Users", token="x")
    later = timezone.now() + timedelta(minutes=1)
    with patch.object(timezone, "now", return_value=later):
        directory.send("GET", "/Users", token="x")
    rejections.write_noted()

    assert JournalEntry.objects.filter(operation="authenticate").count() == 2


def test_a_connection_that_does_not_exist_leaves_nothing(directory: Directory) -> None:
    directory.connection.public_id = uuid4()
    directory.send("GET", "/Users", token="x")
    directory.send("GET", "/Users")

    assert counted() == {}


def test_what_is_noted_does_not_grow_without_end(directory: Directory) -> None:
    with patch.object(rejections, "_MOST_NOTED", 2):
        for _ in range(5):
            directory.connection.public_id = uuid4()
            directory.send("GET", "/Users", token="x")

    assert len(rejections._noted) == 2


def test_the_token_is_never_kept(directory: Directory) -> None:
    almost = directory.token[:-1]
    directory.send("GET", "/Users", token=almost)
    rejections.write_noted()

    assert almost not in repr(list(JournalEntry.objects.values()))


def test_the_owner_reads_why(owner: Client, directory: Directory) -> None:
    directory.send("GET", "/Users", token=directory.token[:-1])
    directory.send("GET", "/Users", token=directory.token[:-1])

    text = owner.get(PAGE).content.decode()

    assert "Sign in × 2" in text
    assert "look for a missing end or a blank" in text
    assert "Failing" in text
