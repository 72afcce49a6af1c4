"""How many statements each endpoint takes, however many people there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests import people
from tests.api.client import NOBODY, Answer, Directory, operation, rolled_back, statements
from tests.api.crowds import crowded
from workspace.services import groups


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A directory that manages a group of so many people, and one person outside of it."""

    directory: Directory
    page: int
    group: str
    inside: str
    outside: str
    everybody: list[dict[str, str]]


Request = Callable[[World], Answer]

# The token with its connection and workspace is one statement of each; savepoints don't count.
TABLE: dict[str, tuple[int, Request]] = {
    "GET /ServiceProviderConfig": (1, lambda w: w.directory.get("/ServiceProviderConfig")),
    "GET /ResourceTypes": (1, lambda w: w.directory.get("/ResourceTypes")),
    "GET /ResourceTypes/User": (1, lambda w: w.directory.get("/ResourceTypes/User")),
    "GET /Schemas": (1, lambda w: w.directory.get("/Schemas")),
    "GET /Me": (1, lambda w: w.directory.get("/Me")),
    "GET /nowhere": (1, lambda w: w.directory.get("/nowhere")),
    # The page, the total, the groups of the page's people, who is in which.
    "GET /Users": (5, lambda w: w.directory.get("/Users", count=w.page)),
    "GET /Users sorted": (5, lambda w: w.directory.get("/Users", count=w.page, sortBy="title")),
    "GET /Users by cursor": (5, lambda w: w.directory.get("/Users", count=w.page, cursor="")),
    "GET /Users, only the total": (2, lambda w: w.directory.get("/Users", count=0)),
    "GET /Users, nobody found": (2, lambda w: w.directory.get("/Users", filter='userName eq "-"')),
    "GET /Users, one found": (3, lambda w: w.directory.get("/Users", filter=f'id eq "{w.inside}"')),
    "POST /Users/.search": (5, lambda w: w.directory.post("/Users/.search", {"count": w.page})),
    "GET /Users/<id>": (3, lambda w: w.directory.get(f"/Users/{w.inside}")),
    "GET /Users/<id>, unknown": (2, lambda w: w.directory.get(f"/Users/{NOBODY}")),
    "POST /Users": (11, lambda w: w.directory.post("/Users", {"userName": "new@acme.example"})),
    "POST /Users, taken": (3, lambda w: w.directory.post("/Users", {"userName": "outside"})),
    "PUT /Users/<id>": (
        6,
        lambda w: w.directory.put(
            f"/Users/{w.outside}", {"userName": "outside", "title": "x", "emails": ["o@a.example"]}
        ),
    ),
    "PATCH /Users/<id>, a title": (
        6,
        lambda w: w.directory.patch(f"/Users/{w.outside}", operation("add", "title", "x")),
    ),
    "PATCH /Users/<id>, nothing new": (
        4,
        lambda w: w.directory.patch(f"/Users/{w.outside}", operation("add", "active", True)),
    ),
    "PATCH /Users/<id>, off": (
        9,
        lambda w: w.directory.patch(f"/Users/{w.outside}", operation("replace", "active", False)),
    ),
    "DELETE /Users/<id>": (12, lambda w: w.directory.delete(f"/Users/{w.outside}")),
    "GET /Groups": (5, lambda w: w.directory.get("/Groups", count=2)),
    "GET /Groups without members": (
        3,
        lambda w: w.directory.get("/Groups", count=2, excludedAttributes="members"),
    ),
    "GET /Groups by member": (
        3,
        lambda w: w.directory.get("/Groups", filter=f'members eq "{w.inside}"'),
    ),
    "GET /Groups/<id>": (3, lambda w: w.directory.get(f"/Groups/{w.group}")),
    "GET /Groups/<id> without members": (
        2,
        lambda w: w.directory.get(f"/Groups/{w.group}", excludedAttributes="members"),
    ),
    "POST /Groups": (7, lambda w: w.directory.post("/Groups", {"displayName": "New"})),
    "POST /Groups with many": (
        12,
        lambda w: w.directory.post("/Groups", {"displayName": "New", "members": w.everybody[:200]}),
    ),
    "PUT /Groups/<id>, everybody out but one": (
        12,
        lambda w: w.directory.put(
            f"/Groups/{w.group}", {"displayName": "Big", "members": [{"value": w.inside}]}
        ),
    ),
    "PATCH /Groups/<id>, a name": (
        8,
        lambda w: w.directory.patch(f"/Groups/{w.group}", operation("replace", "displayName", "x")),
    ),
    "PATCH /Groups/<id>, one in": (
        10,
        lambda w: w.directory.patch(
            f"/Groups/{w.group}", operation("add", "members", [{"value": w.outside}])
        ),
    ),
    "PATCH /Groups/<id>, one out": (
        9,
        lambda w: w.directory.patch(
            f"/Groups/{w.group}", operation("remove", f'members[value eq "{w.inside}"]')
        ),
    ),
    "PATCH /Groups/<id>, one in who is": (
        7,
        lambda w: w.directory.patch(
            f"/Groups/{w.group}", operation("add", "members", [{"value": w.inside}])
        ),
    ),
    "PATCH /Groups/<id>, everybody out": (
        9,
        lambda w: w.directory.patch(f"/Groups/{w.group}", operation("remove", "members")),
    ),
    "PATCH /Groups/<id>, everybody in": (
        11,
        lambda w: w.directory.patch(
            f"/Groups/{w.group}", operation("replace", "members", w.everybody)
        ),
    ),
    "DELETE /Groups/<id>": (8, lambda w: w.directory.delete(f"/Groups/{w.group}")),
    "GET / of both": (6, lambda w: w.directory.get("", count=2)),
    "POST /.search of both": (6, lambda w: w.directory.post("/.search", {"count": 2})),
    "POST /Bulk of nothing": (1, lambda w: w.directory.bulk()),
    "POST /Bulk of one deletion": (
        12,
        lambda w: w.directory.bulk({"method": "DELETE", "path": f"/Users/{w.outside}"}),
    ),
}


@pytest.mark.parametrize(("size", "page"), [(3, 2), (300, 50)])
def test_each_endpoint_takes_so_many_statements(
    directory: Directory, acme: people.Acme, size: int, page: int
) -> None:
    world = prepared(directory, acme, size=size, page=page)

    otherwise = {
        name: f"{taken} instead of {expected}"
        for name, (expected, request) in TABLE.items()
        if (taken := cost(world, request)) != expected
    }

    assert otherwise == {}


@pytest.mark.parametrize("authorization", ["", "Bearer x", "Bearer scim_12345678_" + "a" * 49])
def test_who_is_not_known_takes_no_statement(directory: Directory, authorization: str) -> None:
    with statements() as executed:
        answer = directory.send("GET", "/Users", headers={"Authorization": authorization})

    assert answer.status == 401
    assert executed == []


def prepared(directory: Directory, acme: people.Acme, *, size: int, page: int) -> World:
    """Make a group of so many members, in the product and then in the directory's hands."""
    big = groups.create_group(workspace=acme.workspace, name="Big")
    crowded(acme, big, size)
    outside = directory.create_user("outside", emails=[{"value": "o@a.example"}])["id"]
    group = directory.create_group("Big", externalId="g-1")["id"]
    inside = sorted(directory.member_ids(group))
    return World(
        directory=directory,
        page=page,
        group=group,
        inside=inside[0],
        outside=outside,
        everybody=[{"value": each} for each in (*inside, outside)],
    )


def cost(world: World, request: Request) -> int:
    """Count the statements of a request, and undo what it did."""
    with rolled_back(), statements() as executed:
        request(world)
    return len(executed)
