"""The database itself keeps workspaces apart, whatever the code above it does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from tests.people import Acme, Globex
from workspace.models import GroupMembership, Invitation, TimeEntry
from workspace.models.boundaries import SameWorkspace
from workspace.services import api_keys

Making = Callable[[Acme], Model]


def api_key(acme: Acme) -> Model:
    return api_keys.create_api_key(member=acme.ben, label="Script").api_key


def invitation(acme: Acme) -> Model:
    return Invitation.objects.create(workspace=acme.workspace, member=acme.ben)


def time_entry(acme: Acme) -> Model:
    return TimeEntry.objects.create(workspace=acme.workspace, member=acme.ben)


def membership(acme: Acme) -> Model:
    return GroupMembership.objects.filter(group=acme.support).get()


ROWS = [api_key, invitation, time_entry, membership]


def change(row: Model, **columns: object) -> None:
    """Change a row as it would stand at the end of a transaction."""
    with transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).update(**columns)
        connection.check_constraints()


@pytest.mark.parametrize("make", ROWS)
def test_a_row_stays_with_its_people(acme: Acme, make: Making) -> None:
    row = make(acme)

    change(row, member=acme.mia)

    assert type(row)._base_manager.filter(pk=row.pk, member=acme.mia).exists()


@pytest.mark.parametrize("make", ROWS)
def test_a_row_does_not_move_to_a_stranger(acme: Acme, globex: Globex, make: Making) -> None:
    row = make(acme)

    with pytest.raises(IntegrityError):
        change(row, member=globex.carol)


@pytest.mark.parametrize("make", ROWS)
def test_a_strangers_workspace_does_not_help(acme: Acme, globex: Globex, make: Making) -> None:
    row = make(acme)

    with pytest.raises(IntegrityError):
        change(row, workspace=globex.workspace)


def test_a_membership_needs_the_group_to_be_of_the_workspace(acme: Acme, globex: Globex) -> None:
    row = membership(acme)

    with pytest.raises(IntegrityError):
        change(row, workspace=globex.workspace, member=globex.carol)


def test_a_group_with_members_does_not_change_its_workspace(acme: Acme, globex: Globex) -> None:
    with pytest.raises(IntegrityError):
        change(acme.support, workspace=globex.workspace)


def test_a_member_of_groups_does_not_change_workspace(acme: Acme, globex: Globex) -> None:
    with pytest.raises(IntegrityError):
        change(acme.ben, workspace=globex.workspace)


def test_two_constraints_are_equal_when_they_say_the_same() -> None:
    constraint = SameWorkspace(field="member", name="of_member")

    assert constraint.clone() == constraint
    assert SameWorkspace(field="group", name="of_member") != constraint
