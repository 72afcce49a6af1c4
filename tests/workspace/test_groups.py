"""Groups by name: created, renamed, archived, restored."""

from __future__ import annotations

import pytest

from tests.people import Acme, Globex
from workspace import errors, selectors
from workspace.services import groups


def test_a_name_is_taken_in_any_spelling(acme: Acme) -> None:
    with pytest.raises(errors.GroupNameTaken):
        groups.create_group(workspace=acme.workspace, name=" ENGINEERING ")


def test_another_workspace_may_use_the_same_name(acme: Acme, globex: Globex) -> None:
    group = groups.create_group(workspace=globex.workspace, name=acme.engineering.name)

    assert group.workspace == globex.workspace


def test_renaming_to_a_taken_name_is_refused(acme: Acme) -> None:
    with pytest.raises(errors.GroupNameTaken):
        groups.rename_group(group=acme.support, name="engineering")


def test_renaming_to_its_own_name_in_another_spelling_works(acme: Acme) -> None:
    assert groups.rename_group(group=acme.support, name="SUPPORT")


def test_the_same_name_is_no_change(acme: Acme) -> None:
    assert not groups.rename_group(group=acme.support, name="Support")


def test_archiving_frees_the_name_and_keeps_the_members(acme: Acme) -> None:
    groups.archive_group(group=acme.engineering)

    groups.create_group(workspace=acme.workspace, name="Engineering")

    assert selectors.group_member_ids(acme.engineering) == [acme.mia.pk, acme.ben.pk]


def test_restoring_brings_the_group_back(acme: Acme) -> None:
    groups.archive_group(group=acme.engineering)

    changed = groups.restore_group(group=acme.engineering)

    assert changed
    assert acme.engineering in selectors.directory_groups(acme.workspace.pk)


def test_restoring_under_a_name_taken_meanwhile_is_refused(acme: Acme) -> None:
    groups.archive_group(group=acme.engineering)
    groups.create_group(workspace=acme.workspace, name="Engineering")

    with pytest.raises(errors.GroupNameTaken):
        groups.restore_group(group=acme.engineering)
