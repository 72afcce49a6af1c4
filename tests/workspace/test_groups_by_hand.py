"""Who edits groups by hand, and which groups."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.people import Acme, Globex
from workspace import errors, locks
from workspace.models import Group, Member
from workspace.services import groups_by_hand
from workspace.services.members_by_hand import rename_member

EDITS: list[Callable[[Group, Member], object]] = [
    lambda group, by: groups_by_hand.rename_group(group=group, name="Other", by=by),
    lambda group, by: groups_by_hand.archive_group(group=group, by=by),
    lambda group, by: groups_by_hand.restore_group(group=group, by=by),
    lambda group, by: groups_by_hand.add_members(group=group, member_ids=[by.pk], by=by),
    lambda group, by: groups_by_hand.remove_members(group=group, member_ids=[by.pk], by=by),
]


@pytest.fixture
def everything_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an outside directory own every member and every group."""
    monkeypatch.setattr(locks, "_member_locks", [])
    monkeypatch.setattr(locks, "_group_locks", [])
    locks.register_member_lock(lambda workspace, ids: dict.fromkeys(ids, "Kept elsewhere."))
    locks.register_group_lock(lambda workspace, ids: dict.fromkeys(ids, "Kept elsewhere."))


def test_a_manager_creates_groups(acme: Acme) -> None:
    group = groups_by_hand.create_group(name="Design", by=acme.mia)

    assert group.workspace == acme.workspace


def test_a_plain_member_does_not(acme: Acme) -> None:
    with pytest.raises(errors.NotAllowed):
        groups_by_hand.create_group(name="Design", by=acme.ben)


@pytest.mark.parametrize("edit", EDITS)
def test_a_manager_edits_groups(acme: Acme, edit: Callable[[Group, Member], object]) -> None:
    edit(acme.engineering, acme.mia)


@pytest.mark.parametrize("edit", EDITS)
def test_another_workspaces_owner_edits_none(
    acme: Acme, globex: Globex, edit: Callable[[Group, Member], object]
) -> None:
    with pytest.raises(errors.NotAllowed):
        edit(acme.engineering, globex.carol)


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.usefixtures("everything_locked")
def test_a_locked_group_is_not_edited_by_hand(
    acme: Acme, edit: Callable[[Group, Member], object]
) -> None:
    with pytest.raises(errors.Locked, match="Kept elsewhere"):
        edit(acme.engineering, acme.olivia)


@pytest.mark.usefixtures("everything_locked")
def test_a_locked_member_is_not_renamed_by_hand(acme: Acme) -> None:
    with pytest.raises(errors.Locked, match="Kept elsewhere"):
        rename_member(member=acme.ben, name="Benno")
