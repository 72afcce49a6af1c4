"""A group that the directory manages is not edited by hand, and says why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scim_provisioning import connections, roles
from tests import people
from tests.api.client import Directory, operation
from tests.workspace.browsing import signed_in
from workspace import errors, locks, selectors
from workspace.models import Group, Member
from workspace.services import groups_by_hand, members_by_hand, workspaces

REASON = "Your company's directory manages this group; change it there."

EDITS: dict[str, Callable[[Group, Member], object]] = {
    "rename": lambda group, by: groups_by_hand.rename_group(group=group, name="Other", by=by),
    "archive": lambda group, by: groups_by_hand.archive_group(group=group, by=by),
    "add": lambda group, by: groups_by_hand.add_members(group=group, member_ids=[by.pk], by=by),
    "remove": lambda group, by: groups_by_hand.remove_members(
        group=group, member_ids=[by.pk], by=by
    ),
}
FORMS: dict[str, dict[str, object]] = {
    "rename/": {"name": "Other"},
    "archive/": {},
    "members/add/": {"member": 0},
    "members/0/remove/": {},
}


@pytest.fixture
def managed(directory: Directory, acme: people.Acme) -> Group:
    """Engineering, which the directory has just taken over."""
    engineering = directory.group_id("Engineering")
    directory.patch(f"/Groups/{engineering}", operation("add", "externalId", "00gENG"))
    return acme.engineering


def state(group: Group) -> tuple[str, object, list[int]]:
    stored = Group.objects.get(pk=group.pk)
    return stored.name, stored.archived_at, selectors.group_member_ids(stored)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_services_refuse_with_the_reason(
    acme: people.Acme, managed: Group, edit: Callable[[Group, Member], object]
) -> None:
    before = state(managed)

    with pytest.raises(errors.Locked, match=REASON):
        edit(managed, acme.olivia)

    assert state(managed) == before


@pytest.mark.parametrize("path", FORMS)
def test_pages_refuse_with_the_reason(acme: people.Acme, managed: Group, path: str) -> None:
    browser, page = signed_in(acme.mia), f"/workspaces/acme/groups/{managed.pk}/"
    before = state(managed)
    form = {name: value or acme.mia.pk for name, value in FORMS[path].items()}

    answer = browser.post(page + path.replace("0", str(acme.mia.pk)), form, follow=True)

    assert REASON in answer.content.decode().replace("&#x27;", "'")
    assert state(managed) == before


def test_the_page_offers_no_form(acme: people.Acme, managed: Group) -> None:
    page = signed_in(acme.olivia).get(f"/workspaces/acme/groups/{managed.pk}/").content.decode()

    assert REASON in page.replace("&#x27;", "'")
    assert "/rename/" not in page
    assert "/members/add/" not in page


def test_a_group_that_the_directory_has_not_touched_is_open(
    acme: people.Acme, managed: Group
) -> None:
    groups_by_hand.rename_group(group=acme.support, name="Helpers", by=acme.mia)

    assert state(acme.support)[0] == "Helpers"


def test_a_managed_person_is_renamed_in_the_directory_only(
    directory: Directory, acme: people.Acme
) -> None:
    directory.create_user("ben@acme.example")

    with pytest.raises(errors.Locked, match="Your company's directory manages this person"):
        members_by_hand.rename_member(member=acme.ben, name="Benno")


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_switched_off_the_lock_is_lifted(
    directory: Directory,
    acme: people.Acme,
    managed: Group,
    edit: Callable[[Group, Member], object],
) -> None:
    connections.disable(directory.connection)

    edit(managed, acme.mia)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_without_the_plan_the_lock_is_lifted(
    acme: people.Acme, managed: Group, edit: Callable[[Group, Member], object]
) -> None:
    workspaces.change_plan(workspace=acme.workspace, plan="FREE")

    edit(Group.objects.get(pk=managed.pk), acme.mia)


def test_a_group_that_gives_a_role_stays_locked_while_scim_is_off(
    acme: people.Acme, directory: Directory
) -> None:
    group = directory.create_group("Leads")
    link = directory.connection.group_links.get(scim_id=group["id"])
    roles.tie(link, Member.Role.ADMIN)

    connections.disable(directory.connection)

    assert locks.group_locks(acme.workspace, [link.group_id]) == {
        link.group_id: "This group gives its members a role; an owner can untie it."
    }
