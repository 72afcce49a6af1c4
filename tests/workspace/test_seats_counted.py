"""The counter of taken seats is right whatever has written the people."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from tests.people import Acme, Globex
from workspace.models import Member, Seats, Workspace
from workspace.services import workspaces

pytestmark = pytest.mark.django_db

STATUSES: dict[str, dict[str, Any]] = {
    "active": {"status": "ACTIVE"},
    "invited": {"status": "PENDING"},
    "inactive": {"status": "INACTIVE", "suspended_at": "2026-01-01T00:00:00Z"},
    "at the kiosk": {"is_kiosk": True},
}
TAKEN = {"active": 1, "invited": 1, "inactive": 0, "at the kiosk": 0}


def taken(workspace: Workspace) -> int:
    return Seats.objects.get(workspace=workspace).taken


def person(workspace: Workspace, kind: str) -> Member:
    return Member(workspace=workspace, name=kind, **STATUSES[kind])


@pytest.mark.parametrize("kind", STATUSES)
def test_a_new_person_counts_who_takes_a_seat(acme: Acme, kind: str) -> None:
    before = taken(acme.workspace)

    person(acme.workspace, kind).save()

    assert taken(acme.workspace) == before + TAKEN[kind]


@pytest.mark.parametrize("later", STATUSES)
@pytest.mark.parametrize("earlier", STATUSES)
def test_a_change_counts_the_difference(acme: Acme, earlier: str, later: str) -> None:
    member = person(acme.workspace, earlier)
    member.save()
    before = taken(acme.workspace)

    Member.objects.filter(pk=member.pk).update(
        **{"status": "ACTIVE", "suspended_at": None, "is_kiosk": False, **STATUSES[later]}
    )

    assert taken(acme.workspace) == before + TAKEN[later] - TAKEN[earlier]


@pytest.mark.parametrize("kind", STATUSES)
def test_who_is_deleted_frees_the_seat(acme: Acme, kind: str) -> None:
    before = taken(acme.workspace)
    member = person(acme.workspace, kind)
    member.save()

    member.delete()

    assert taken(acme.workspace) == before


def test_many_at_once_are_counted_in_each_workspace(acme: Acme, globex: Globex) -> None:
    before = taken(acme.workspace), taken(globex.workspace)
    crew = [person(acme.workspace, kind) for kind in STATUSES for _ in range(3)]

    Member.objects.bulk_create([*crew, person(globex.workspace, "active")])

    assert (taken(acme.workspace), taken(globex.workspace)) == (before[0] + 6, before[1] + 1)


def test_what_is_rolled_back_is_not_counted(acme: Acme) -> None:
    before = taken(acme.workspace)

    with transaction.atomic():
        person(acme.workspace, "active").save()
        transaction.set_rollback(True)

    assert taken(acme.workspace) == before


def test_another_name_counts_nothing(acme: Acme) -> None:
    before = taken(acme.workspace)

    Member.objects.filter(workspace=acme.workspace).update(name=F("email"))

    assert taken(acme.workspace) == before


def test_a_workspace_goes_with_its_counter(acme: Acme) -> None:
    workspaces.delete_workspace(workspace=acme.workspace)

    assert not Seats.objects.exists()
