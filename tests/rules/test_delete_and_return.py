"""DELETE ends the resource and its rights, not the person; a POST brings the person back."""

from __future__ import annotations

import pytest

from tests import people
from tests.api.client import Directory, operation
from tests.rules.access import WAYS_IN
from tests.rules.reading import last_notes, stored
from workspace import selectors
from workspace.models import Member
from workspace.services import timers

MIA = {"userName": "mia@acme.example", "emails": [{"value": "mia@acme.example"}]}


@pytest.fixture
def mia(directory: Directory) -> str:
    return f"/Users/{directory.user_id('mia@acme.example')}"


def test_the_member_is_kept_with_its_history(
    directory: Directory, acme: people.Acme, mia: str
) -> None:
    timers.start_timer(member=acme.mia)

    answer = directory.delete(mia)

    after = stored(acme.mia)
    assert (answer.status, directory.get(mia).status) == (204, 404)
    assert (after.status, after.name, after.user_id) == (
        "INACTIVE",
        "Mia Manager",
        acme.mia.user_id,
    )
    assert after.time_entries.count() == 1


def test_groups_and_role_are_gone(directory: Directory, acme: people.Acme, mia: str) -> None:
    directory.delete(mia)

    after = stored(acme.mia)
    assert after.role == Member.Role.MEMBER
    assert list(selectors.member_groups(after)) == []


def test_the_name_is_free_for_somebody_new(directory: Directory) -> None:
    first = directory.create_user("zoe", emails=[{"value": "zoe@old.example"}])
    directory.delete(f"/Users/{first['id']}")

    second = directory.create_user("zoe", emails=[{"value": "zoe@new.example"}])

    assert second["id"] != first["id"]
    assert Member.objects.filter(email__startswith="zoe@").count() == 2


def test_the_same_person_returns_under_a_new_id_without_the_old_rights(
    directory: Directory, acme: people.Acme, mia: str
) -> None:
    timers.start_timer(member=acme.mia)
    directory.delete(mia)

    answer = directory.post("/Users", MIA)

    after = stored(acme.mia)
    assert answer.status == 201
    assert f"/Users/{answer.body['id']}" != mia
    assert (after.status, after.role) == ("ACTIVE", "MEMBER")
    assert list(selectors.member_groups(after)) == []
    assert after.time_entries.count() == 1
    assert last_notes(directory) == "The directory had let this person go: the same member is back."


def test_an_old_api_key_stays_dead(directory: Directory, acme: people.Acme) -> None:
    key = WAYS_IN["api_key"](acme)
    directory.delete(f"/Users/{directory.user_id('ben@acme.example')}")

    directory.create_user("ben@acme.example")

    assert stored(acme.ben).status == Member.Status.ACTIVE
    assert not key.opens()


def test_the_old_id_stays_dead_in_groups_too(directory: Directory, mia: str) -> None:
    support = directory.group_id("Support")
    directory.delete(mia)
    directory.post("/Users", MIA)

    answer = directory.patch(
        f"/Groups/{support}",
        operation("add", "members", [{"value": mia.removeprefix("/Users/")}]),
    )

    assert answer.outcome == (400, "invalidValue")


def test_who_returns_inactive_stays_out(directory: Directory, acme: people.Acme, mia: str) -> None:
    directory.delete(mia)

    answer = directory.post("/Users", {**MIA, "active": False})

    assert (answer.status, answer.body["active"]) == (201, False)
    assert stored(acme.mia).status == Member.Status.INACTIVE


def test_somebody_without_an_address_returns_by_name(directory: Directory) -> None:
    first = directory.create_user("fay", displayName="Fay Floor")
    directory.delete(f"/Users/{first['id']}")

    second = directory.create_user("fay", displayName="Fay Floor")

    assert second["id"] != first["id"]
    assert Member.objects.filter(name="Fay Floor").count() == 1
