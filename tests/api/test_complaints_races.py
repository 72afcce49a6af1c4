"""What went wrong elsewhere when a directory asked twice at once; field complaints 53, 54, 70."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests import people
from tests.api.client import Answer, Directory, connect, operation
from workspace.models import GroupMembership

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


@pytest.fixture
def directory(transactional_db: None) -> Directory:
    return connect(people.acme().workspace)


def race(*calls: Callable[[], Answer]) -> list[Answer]:
    """Ask at the same moment, each on a connection of its own."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Answer]) -> Answer:
        try:
            barrier.wait(timeout=10)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_changes_at_once_are_all_kept(directory: Directory) -> None:
    """53: Each request wrote back the members it had read before, and groups were emptied."""
    ids = [directory.create_user(f"person-{number}")["id"] for number in range(AT_ONCE * 2)]
    staying, leaving, joining = ids[0], ids[1:AT_ONCE], ids[AT_ONCE:]
    crew = f"/Groups/{directory.create_group('Crew', staying, *leaving)['id']}"

    answers = race(
        *(
            lambda each=each: directory.patch(
                crew, operation("remove", f'members[value eq "{each}"]')
            )
            for each in leaving
        ),
        *(
            lambda each=each: directory.patch(crew, operation("add", "members", [{"value": each}]))
            for each in joining
        ),
    )

    assert {each.status for each in answers} == {204}
    assert directory.member_ids(crew.removeprefix("/Groups/")) == {staying, *joining}


def test_the_same_addition_at_once_makes_no_double(directory: Directory) -> None:
    """54: Concurrent additions put the same person in twice."""
    zoe = directory.create_user("zoe")["id"]
    crew = directory.create_group("Crew")["id"]

    answers = race(
        *[lambda: directory.patch(f"/Groups/{crew}", operation("add", "members", [{"value": zoe}]))]
        * AT_ONCE
    )

    assert {each.status for each in answers} == {204}
    assert GroupMembership.objects.filter(group__name="Crew").count() == 1


def test_opposite_orders_end_and_leave_nothing_locked(directory: Directory) -> None:
    """70: Two requests waited for each other, and the account stayed locked for ever."""
    ids = [directory.create_user(name)["id"] for name in ("ada", "bob")]
    crew = directory.create_group("Crew", *ids)["id"]
    requests = [
        lambda: directory.patch(f"/Users/{ids[0]}", operation("replace", "active", False)),
        lambda: directory.patch(f"/Groups/{crew}", operation("remove", "members")),
        lambda: directory.delete(f"/Users/{ids[1]}"),
        lambda: directory.patch(
            f"/Groups/{crew}", operation("add", "members", [{"value": each} for each in ids])
        ),
        lambda: directory.patch(f"/Users/{ids[0]}", operation("replace", "active", True)),
        lambda: directory.delete(f"/Groups/{crew}"),
    ]

    answers = race(*requests)

    assert {each.status for each in answers} <= {200, 204, 400, 404}
    after = directory.patch(f"/Users/{ids[0]}", operation("replace", "title", "Pilot"))
    assert (after.status, after.body["title"]) == (200, "Pilot")


def test_the_same_person_is_created_once(directory: Directory) -> None:
    """54: and of many who create the same person at once, one succeeds."""
    answers = race(*[lambda: directory.post("/Users", {"userName": "zoe"})] * AT_ONCE)

    assert sorted(each.status for each in answers) == [201] + [409] * (AT_ONCE - 1)
    assert len(directory.find("/Users", 'userName eq "zoe"')) == 1
