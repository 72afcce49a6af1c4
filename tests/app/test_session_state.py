"""Nothing hangs on a database connection, so that a pooler may give out another each time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scim_provisioning.outbox.delivery import sweep
from scim_provisioning.outbox.housekeeping import keep_house
from tests import people
from tests.api.client import Directory, operation
from tests.api.conftest import acme, directory
from tests.workspace.browsing import signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["acme", "directory"]

SESSION_STATE = re.compile(
    r"\A\s*(SET|RESET|DISCARD|LISTEN|UNLISTEN|NOTIFY|PREPARE|DECLARE|CREATE\s+TEMP)\b"
    r"|advisory_lock|set_config|WITH HOLD",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def behind_pooler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connect as DATABASE_BEHIND_POOLER does; without it, long reads go through cursors."""
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)


def sessions_statements(captured: CaptureQueriesContext) -> Iterator[str]:
    statements = (query["sql"] for query in captured.captured_queries)
    return (statement for statement in statements if SESSION_STATE.search(statement))


@pytest.mark.parametrize(
    "statement", ["SET lock_timeout = 1", "LISTEN scim", "DECLARE c CURSOR WITH HOLD FOR SELECT 1"]
)
def test_what_belongs_to_a_session_is_recognised(statement: str) -> None:
    assert SESSION_STATE.search(statement)


def test_a_directory_leaves_nothing_on_its_connection(directory: Directory) -> None:
    with CaptureQueriesContext(connection) as captured:
        zoe = directory.create_user("zoe@acme.example")
        group = directory.group_id("Support")
        member = operation("add", "members", [{"value": zoe["id"]}])
        directory.patch(f"/Groups/{group}", member)
        directory.patch(f"/Users/{zoe['id']}", operation("replace", "active", False))
        directory.get("/Users", filter='userName eq "zoe@acme.example"')
        directory.delete(f"/Users/{zoe['id']}")
        sweep()
        keep_house()

    assert len(captured) > 50
    assert list(sessions_statements(captured)) == []


def test_neither_does_an_owner(directory: Directory, acme: people.Acme) -> None:
    owner = signed_in(acme.olivia)
    directory.create_user("zoe@acme.example")

    with CaptureQueriesContext(connection) as captured:
        answers = [
            owner.get(f"/workspaces/acme/settings/scim/{page}")
            for page in ("", "activity/", "people/?state=drifting")
        ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert list(sessions_statements(captured)) == []
