"""The database itself keeps workspaces apart, whatever the code above it does."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from tests.people import Acme, Globex
from workspace.models import GroupMembership

INSERT = (
    "INSERT INTO workspace_groupmembership (workspace_id, group_id, member_id, created_at) "
    "VALUES (%s, %s, %s, CURRENT_TIMESTAMP)"
)


def insert(workspace_id: int, group_id: int, member_id: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [workspace_id, group_id, member_id])


def test_a_membership_within_a_workspace_is_stored(acme: Acme) -> None:
    insert(acme.workspace.pk, acme.support.pk, acme.mia.pk)

    assert GroupMembership.objects.filter(group=acme.support, member=acme.mia).exists()


def test_a_stranger_is_refused(acme: Acme, globex: Globex) -> None:
    with pytest.raises(IntegrityError):
        insert(acme.workspace.pk, acme.support.pk, globex.carol.pk)


def test_a_strangers_workspace_id_does_not_help(acme: Acme, globex: Globex) -> None:
    with pytest.raises(IntegrityError):
        insert(globex.workspace.pk, acme.support.pk, globex.carol.pk)


def test_a_membership_does_not_move_to_a_stranger(acme: Acme, globex: Globex) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMembership.objects.filter(group=acme.support).update(member=globex.carol)


def test_a_group_with_members_does_not_change_its_workspace(acme: Acme, globex: Globex) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        type(acme.support).objects.filter(pk=acme.support.pk).update(workspace=globex.workspace)


def test_a_member_of_groups_does_not_change_workspace(acme: Acme, globex: Globex) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        type(acme.ben).objects.filter(pk=acme.ben.pk).update(workspace=globex.workspace)
