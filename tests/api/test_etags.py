"""Versions change exactly when the representation does, whoever changed it (RFC 7644 §3.14)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scim_provisioning.protocol import urns
from tests import people
from tests.api.client import Directory, operation
from workspace.models import Member
from workspace.services import groups, members_by_hand, timers, timezones

Change = Callable[[Directory, people.Acme], object]


def version(directory: Directory, path: str) -> str:
    answer = directory.get(path)
    assert answer.headers["ETag"] == answer.body["meta"]["version"]
    return str(answer.headers["ETag"])


def bens(directory: Directory) -> str:
    return f"/Users/{directory.user_id('ben@acme.example')}"


def supports(directory: Directory) -> str:
    return f"/Groups/{directory.group_id('Support')}"


SEEN_ON_BEN: dict[str, Change] = {
    "the directory changes a title": lambda directory, _: directory.patch(
        bens(directory), operation("add", "title", "Engineer")
    ),
    "the directory switches him off": lambda directory, _: directory.patch(
        bens(directory), operation("replace", "active", False)
    ),
    "an administrator blocks him": lambda _, acme: members_by_hand.block_member(
        member=acme.ben, by=acme.olivia
    ),
    "he renames himself": lambda _, acme: members_by_hand.rename_member(
        member=acme.ben, name="Benny"
    ),
    "he moves to another timezone": lambda _, acme: timezones.set_timezone(
        member=acme.ben, timezone="Asia/Tokyo"
    ),
    "the directory renames his group": lambda directory, _: directory.patch(
        supports(directory), operation("replace", "displayName", "Helpers")
    ),
    "the product renames his group": lambda _, acme: groups.rename_group(
        group=acme.support, name="Helpers"
    ),
    "the product archives his group": lambda _, acme: groups.archive_group(group=acme.support),
    "the directory takes him out of a group": lambda directory, _: directory.patch(
        supports(directory), operation("remove", "members")
    ),
    "the product takes him out of a group": lambda _, acme: groups.remove_members(
        group=acme.support, member_ids=[acme.ben.pk]
    ),
}

UNSEEN_ON_BEN: dict[str, Change] = {
    "he starts a timer": lambda _, acme: timers.start_timer(member=acme.ben),
    "he gets another role": lambda _, acme: members_by_hand.change_role(
        member=acme.ben, role=Member.Role.MANAGER, by=acme.olivia
    ),
    "somebody else changes": lambda _, acme: members_by_hand.rename_member(
        member=acme.mia, name="Amelia"
    ),
    "somebody else joins his group": lambda _, acme: groups.add_members(
        group=acme.support, member_ids=[acme.mia.pk]
    ),
    "the directory says what it said": lambda directory, _: directory.patch(
        bens(directory), operation("replace", "displayName", "Ben Member")
    ),
}

SEEN_ON_SUPPORT: dict[str, Change] = {
    "the directory renames it": SEEN_ON_BEN["the directory renames his group"],
    "the product renames it": SEEN_ON_BEN["the product renames his group"],
    "the directory empties it": SEEN_ON_BEN["the directory takes him out of a group"],
    "the product empties it": SEEN_ON_BEN["the product takes him out of a group"],
    "a member's resource is deleted": lambda directory, _: directory.delete(bens(directory)),
}

UNSEEN_ON_SUPPORT: dict[str, Change] = {
    "a member renames himself": SEEN_ON_BEN["he renames himself"],
    "a member is switched off": SEEN_ON_BEN["the directory switches him off"],
    "another group gets members": lambda _, acme: groups.add_members(
        group=acme.engineering, member_ids=[acme.adam.pk]
    ),
    "somebody is added who is there": lambda directory, _: directory.patch(
        supports(directory),
        operation("add", "members", [{"value": directory.user_id("ben@acme.example")}]),
    ),
    "the directory says what it said": lambda directory, _: directory.patch(
        supports(directory), operation("replace", "displayName", "Support")
    ),
    "a kiosk member joins": lambda _, acme: groups.add_members(
        group=acme.support, member_ids=[acme.kim.pk]
    ),
}


@pytest.mark.parametrize("change", SEEN_ON_BEN.values(), ids=SEEN_ON_BEN.keys())
def test_a_person_s_version_changes_when(
    directory: Directory, acme: people.Acme, change: Change
) -> None:
    path = bens(directory)
    before = version(directory, path)

    change(directory, acme)

    assert version(directory, path) != before


@pytest.mark.parametrize("change", UNSEEN_ON_BEN.values(), ids=UNSEEN_ON_BEN.keys())
def test_a_person_s_version_stays_when(
    directory: Directory, acme: people.Acme, change: Change
) -> None:
    path = bens(directory)
    before = directory.get(path).body

    change(directory, acme)

    assert directory.get(path).body == before


@pytest.mark.parametrize("change", SEEN_ON_SUPPORT.values(), ids=SEEN_ON_SUPPORT.keys())
def test_a_group_s_version_changes_when(
    directory: Directory, acme: people.Acme, change: Change
) -> None:
    path = supports(directory)
    before = version(directory, path)

    change(directory, acme)

    assert version(directory, path) != before


@pytest.mark.parametrize("change", UNSEEN_ON_SUPPORT.values(), ids=UNSEEN_ON_SUPPORT.keys())
def test_a_group_s_version_stays_when(
    directory: Directory, acme: people.Acme, change: Change
) -> None:
    path = supports(directory)
    before = directory.get(path).body

    change(directory, acme)

    assert directory.get(path).body == before


@pytest.mark.parametrize("kind", [bens, supports])
def test_a_write_to_an_outdated_version_is_refused(
    directory: Directory, kind: Callable[[Directory], str]
) -> None:
    """RFC 7644 §3.14: 412."""
    path = kind(directory)
    before = directory.get(path).body
    outdated = {"If-Match": 'W/"outdated"'}
    name = "userName" if "userName" in before else "displayName"

    answers = [
        directory.put(path, before, headers=outdated),
        directory.patch(path, operation("replace", name, "x"), headers=outdated),
        directory.delete(path, headers=outdated),
    ]

    assert [each.status for each in answers] == [412, 412, 412]
    assert all(each.body["schemas"] == [urns.ERROR] for each in answers)
    assert directory.get(path).body == before


@pytest.mark.parametrize("form", ["{0}", '"other", {0}', "*"])
def test_a_write_to_the_version_that_is_there_is_done(directory: Directory, form: str) -> None:
    path = bens(directory)
    header = {"If-Match": form.format(version(directory, path))}

    answer = directory.patch(path, operation("add", "title", "Engineer"), headers=header)

    assert answer.status == 200
    assert answer.body["title"] == "Engineer"


@pytest.mark.parametrize("kind", [bens, supports])
def test_what_the_client_has_is_not_sent_again(
    directory: Directory, kind: Callable[[Directory], str]
) -> None:
    """RFC 7644 §3.14: 304 without a body."""
    path = kind(directory)
    known = version(directory, path)

    same = directory.send("GET", path, headers={"If-None-Match": known})
    other = directory.send("GET", path, headers={"If-None-Match": 'W/"other"'})

    assert (same.status, same.body, same.headers["ETag"]) == (304, None, known)
    assert other.status == 200


def test_a_part_of_a_resource_has_the_version_of_the_whole(directory: Directory) -> None:
    path = bens(directory)
    known = version(directory, path)

    part = directory.get(path, attributes="userName")
    same = directory.send(
        "GET", path, headers={"If-None-Match": known}, query={"attributes": "userName"}
    )

    assert part.headers["ETag"] == known
    assert same.status == 304


def test_a_change_is_seen_in_last_modified(directory: Directory, acme: people.Acme) -> None:
    path = bens(directory)
    before = directory.get(path).body["meta"]

    directory.patch(path, operation("add", "title", "Engineer"))

    after = directory.get(path).body["meta"]
    assert after["lastModified"] > before["lastModified"]
    assert after["created"] == before["created"]
