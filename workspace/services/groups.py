"""Groups and who is in them, as sets; must not know who may edit them by hand.

Adding and removing cost what is added and removed, however large the group is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import count, islice
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from workspace import selectors, signals
from workspace.errors import GroupNameTaken, UnknownMembers
from workspace.models import Group, GroupMembership, Member, Workspace
from workspace.names import NAME_LENGTH, clean_name, comparison_key
from workspace.services import guards
from workspace.services.transactions import service

# Ids in one statement; SQLite builds with the old limit take 999 parameters.
CHUNK = 900


@service
def create_group(*, workspace: Workspace, name: str) -> Group:
    """Create an empty group; raise GroupNameTaken or InvalidValue."""
    name = clean_name(name)
    with _refusing_taken_name():
        group = Group.objects.create(workspace=workspace, name=name, name_key=comparison_key(name))
    signals.announce_groups(workspace.pk, [group.pk])
    return group


@service
def rename_group(*, group: Group, name: str) -> bool:
    """Rename; raise GroupNameTaken or InvalidValue. Tells whether the name changed."""
    name = clean_name(name)
    guards.lock_group(group)
    if group.name == name:
        return False
    group.name, group.name_key = name, comparison_key(name)
    with _refusing_taken_name():
        group.save(update_fields=["name", "name_key"])
    signals.announce_groups(group.workspace_id, [group.pk])
    return True


@service
def set_group_apart(*, group: Group) -> None:
    """Mark the name, so that another group can have it: "Design (local)", "Design (local 2)"."""
    guards.lock_group(group)
    taken = set(selectors.directory_groups(group.workspace_id).values_list("name_key", flat=True))
    for number in count(1):
        name = f"{group.name[: NAME_LENGTH - 20]} (local{'' if number == 1 else f' {number}'})"
        if comparison_key(name) not in taken:
            rename_group(group=group, name=name)
            return


@service
def archive_group(*, group: Group) -> bool:
    """Put the group away with its members; its name is free. Tells whether it changed."""
    guards.lock_group(group)
    if group.archived_at is not None:
        return False
    group.archived_at = now()
    group.save(update_fields=["archived_at"])
    signals.announce_groups(group.workspace_id, [group.pk])
    return True


@service
def restore_group(*, group: Group) -> bool:
    """Bring the group back; raise GroupNameTaken. Tells whether it changed."""
    guards.lock_group(group)
    if group.archived_at is None:
        return False
    group.archived_at = None
    with _refusing_taken_name():
        group.save(update_fields=["archived_at"])
    signals.announce_groups(group.workspace_id, [group.pk])
    return True


@service
def add_members(*, group: Group, member_ids: Collection[int]) -> list[int]:
    """Add people; return those who were not in it. Raises UnknownMembers, then adds nobody."""
    guards.lock_group(group)
    wanted = set(member_ids)
    _require_known(group, wanted)
    return _change(group, added=wanted - _present(group, wanted), removed=set())[0]


@service
def remove_members(*, group: Group, member_ids: Collection[int]) -> list[int]:
    """Remove people; return those who were in it. Ids that are not in it are passed over."""
    guards.lock_group(group)
    return _change(group, added=set(), removed=_present(group, set(member_ids)))[1]


@service
def replace_members(*, group: Group, member_ids: Collection[int]) -> tuple[list[int], list[int]]:
    """Make these people the members, writing only the difference; return (added, removed)."""
    guards.lock_group(group)
    current, wanted = set(selectors.group_member_ids(group)), set(member_ids)
    _require_known(group, wanted - current)
    return _change(group, added=wanted - current, removed=current - wanted)


def _require_known(group: Group, member_ids: set[int]) -> None:
    people = Member.objects.filter(workspace_id=group.workspace_id)
    unknown = member_ids - _matching(people, "pk", member_ids)
    if unknown:
        raise UnknownMembers(unknown)


def _present(group: Group, member_ids: set[int]) -> set[int]:
    return _matching(GroupMembership.objects.filter(group=group), "member_id", member_ids)


def _matching(rows: QuerySet[Any], column: str, ids: set[int]) -> set[int]:
    """Return those of the ids that the rows have in this column."""
    return {
        value
        for chunk in _chunks(ids)
        for value in rows.filter(**{f"{column}__in": chunk}).values_list(column, flat=True)
    }


def _change(group: Group, *, added: set[int], removed: set[int]) -> tuple[list[int], list[int]]:
    """Write a difference that was read under the group's lock; return it, sorted."""
    GroupMembership.objects.bulk_create(
        [
            GroupMembership(workspace_id=group.workspace_id, group=group, member_id=member_id)
            for member_id in sorted(added)
        ],
        ignore_conflicts=True,
        batch_size=CHUNK,
    )
    for chunk in _chunks(sorted(removed)):
        GroupMembership.objects.filter(group=group, member_id__in=chunk).delete()
    if added or removed:
        changed = sorted(added | removed)
        signals.announce_groups(group.workspace_id, [group.pk], member_ids=changed)
    return sorted(added), sorted(removed)


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(ids)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


@contextmanager
def _refusing_taken_name() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise GroupNameTaken from error
