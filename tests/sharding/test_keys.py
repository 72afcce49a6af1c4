"""Every table carries the workspace; every unique and every foreign key includes it."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.sharding import catalog

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="reads PostgreSQL's catalog"),
]


def test_every_table_carries_the_workspace() -> None:
    assert len(catalog.split_tables()) > len(catalog.SHARED)
    assert catalog.without_workspace() == []


def test_nothing_is_unique_across_workspaces() -> None:
    assert catalog.unique_across_workspaces(primary=False) == []


def test_no_foreign_key_crosses_workspaces() -> None:
    assert catalog.references_across_workspaces() == []


def test_no_table_is_called_shared_that_is_not_there() -> None:
    assert catalog.forgotten() == []


class TestWhatWouldBreakIt:
    """The tests above find what they look for."""

    @pytest.mark.parametrize("columns", ["id bigint", "id bigint, workspace_id bigint"])
    def test_a_table_without_workspaces_is_found(self, columns: str) -> None:
        _execute(f"CREATE TABLE workspace_note ({columns})")

        assert catalog.without_workspace() == ["workspace_note"]

    @pytest.mark.parametrize(
        "columns",
        ["(digest)", "(label) WHERE revoked_at IS NULL", "(label) INCLUDE (workspace_id)"],
    )
    def test_a_key_without_the_workspace_is_found(self, columns: str) -> None:
        _execute(f"CREATE UNIQUE INDEX too_wide ON workspace_apikey {columns}")

        assert catalog.unique_across_workspaces(primary=False) == ["too_wide"]

    @pytest.mark.parametrize(
        "key",
        [
            "workspace_timeentry ADD CONSTRAINT astray FOREIGN KEY (member_id)"
            " REFERENCES workspace_member (id)",
            "workspace_timeentry ADD CONSTRAINT astray FOREIGN KEY (member_id, workspace_id)"
            " REFERENCES workspace_member (workspace_id, id)",
            "workspace_user ADD COLUMN best_id bigint CONSTRAINT astray"
            " REFERENCES workspace_member (id)",
        ],
        ids=["by the id alone", "crosswise", "from a shared table"],
    )
    def test_a_foreign_key_without_the_workspace_is_found(self, key: str) -> None:
        _execute(f"ALTER TABLE {key}")

        assert catalog.references_across_workspaces() == ["astray"]


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
