"""Seats are checked whenever somebody takes one: created, back after DELETE, reactivated."""

from __future__ import annotations

import pytest

from tests import people
from tests.api.client import Directory, operation
from tests.rules.racing import at_once
from tests.rules.reading import count, last_notes
from workspace import selectors
from workspace.models import Member, User
from workspace.services import workspaces

REFUSAL = (
    "active: every seat of the workspace is taken. "
    "Free a seat or raise the limit in the workspace's plan, then try again."
)
NIA = {"userName": "nia@new.example"}


def limited_to(acme: people.Acme, seats: int) -> None:
    workspaces.change_plan(workspace=acme.workspace, plan="ENTERPRISE", seat_limit=seats)


def test_nobody_is_created_beyond_the_limit(directory: Directory, acme: people.Acme) -> None:
    limited_to(acme, 4)
    before = count(Member, User)

    answer = directory.post("/Users", NIA)

    assert (answer.status, answer.body["detail"]) == (403, REFUSAL)
    assert count(Member, User) == before
    assert last_notes(directory) == REFUSAL


def test_somebody_invited_takes_a_seat(directory: Directory, acme: people.Acme) -> None:
    people.account("Nia New", domain="new.example")
    limited_to(acme, 5)

    directory.create_user("nia@new.example")

    assert directory.post("/Users", {"userName": "zoe@new.example"}).status == 403


def test_adopting_a_member_takes_no_other_seat(directory: Directory, acme: people.Acme) -> None:
    limited_to(acme, 4)

    assert directory.post("/Users", {"userName": "ben@acme.example"}).status == 201


@pytest.mark.parametrize("verb", ["POST", "PATCH", "PUT"])
def test_nobody_comes_back_beyond_the_limit(
    directory: Directory, acme: people.Acme, verb: str
) -> None:
    body = {"userName": "ben@acme.example", "active": True}
    ben = f"/Users/{directory.user_id('ben@acme.example')}"
    if verb == "POST":
        directory.delete(ben)
    else:
        directory.patch(ben, operation("replace", "active", False))
    limited_to(acme, 3)
    answers = {
        "POST": lambda: directory.post("/Users", body),
        "PATCH": lambda: directory.patch(ben, operation("replace", "active", True)),
        "PUT": lambda: directory.put(ben, body),
    }

    answer = answers[verb]()

    assert (answer.status, answer.body["detail"]) == (403, REFUSAL)
    assert Member.objects.get(pk=acme.ben.pk).status == Member.Status.INACTIVE


def test_a_seat_that_is_freed_can_be_taken(directory: Directory, acme: people.Acme) -> None:
    limited_to(acme, 4)
    ben = directory.user_id("ben@acme.example")

    directory.patch(f"/Users/{ben}", operation("replace", "active", False))

    assert directory.post("/Users", NIA).status == 201


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_taken_once(directory: Directory, acme: people.Acme) -> None:
    ben = f"/Users/{directory.user_id('ben@acme.example')}"
    directory.patch(ben, operation("replace", "active", False))
    limited_to(acme, 4)

    answers = at_once(
        lambda: directory.post("/Users", NIA),
        lambda: directory.patch(ben, operation("replace", "active", True)),
        lambda: directory.post("/Users", {"userName": "zoe@new.example"}),
    )

    assert sorted(answer.status == 403 for answer in answers) == [False, True, True]
    assert selectors.seats_taken(acme.workspace) == 4
