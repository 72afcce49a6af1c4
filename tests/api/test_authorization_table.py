"""Every route by every method, id and token, against a table of what has to be answered.

A route without a row here fails: whoever adds one says who may use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.utils import timezone

from scim_provisioning import connections, credentials
from scim_provisioning.api.urls import urlpatterns
from scim_provisioning.models import Token, Webhook
from tests import people
from tests.api.client import NOBODY, Directory, connect, operation, rolled_back
from tests.api.snapshot import snapshot

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")

# What the holder of the workspace's own token is answered, by route and whose id it names.
TABLE = """
route           id       GET POST PUT PATCH DELETE HEAD OPTIONS TRACE
base            -        200  405 405   405    405  200     405   405
search          -        405  200 405   405    405  405     405   405
bulk            -        405  200 405   405    405  405     405   405
users           -        200  201 405   405    405  200     405   405
user-search     -        405  200 405   405    405  405     405   405
user            own      200  405 200   200    204  200     405   405
user            foreign  404  405 404   404    404  404     405   405
user            unknown  404  405 404   404    404  404     405   405
groups          -        200  201 405   405    405  200     405   405
group-search    -        405  200 405   405    405  405     405   405
group           own      200  405 200   204    204  200     405   405
group           foreign  404  405 404   404    404  404     405   405
group           unknown  404  405 404   404    404  404     405   405
config          -        200  405 405   405    405  200     405   405
resource-types  -        200  405 405   405    405  200     405   405
resource-type   own      200  405 405   405    405  200     405   405
resource-type   unknown  404  405 405   405    405  404     405   405
schemas         -        200  405 405   405    405  200     405   405
schema          own      200  405 405   405    405  200     405   405
schema          unknown  404  405 405   405    405  404     405   405
keys            -        200  405 405   405    405  200     405   405
me              -        501  501 501   501    501  501     405   405
None            -        404  404 404   404    404  404     405   405
"""

TOKENS = {
    "own": None,
    "Globex's": 401,
    "own, at Globex's address": 401,
    "revoked": 401,
    "expired": 401,
    "no": 401,
    "own, switched off": 403,
}
"""By token: what is answered whatever the route; None where the table decides."""

OPEN = {"keys"}
"""Routes that need no token: the table decides, whatever is shown."""

PATHS = {
    "base": "",
    "search": "/.search",
    "bulk": "/Bulk",
    "users": "/Users",
    "user-search": "/Users/.search",
    "user": "/Users/{id}",
    "groups": "/Groups",
    "group-search": "/Groups/.search",
    "group": "/Groups/{id}",
    "config": "/ServiceProviderConfig",
    "resource-types": "/ResourceTypes",
    "resource-type": "/ResourceTypes/{id}",
    "schemas": "/Schemas",
    "schema": "/Schemas/{id}",
    "keys": "/.well-known/jwks.json",
    "me": "/Me",
    "None": "/Ducks",
}

BODY = {
    "userName": "somebody-new",
    "displayName": "Something new",
    "Operations": [],
}
"""A body that every route understands; each finds its part of it."""

PATCH_BODY = {"Operations": [operation("replace", "displayName", "Something new")]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    route: str
    whose: str
    statuses: dict[str, int]


def rows() -> Iterator[Row]:
    head, *lines = (line.split() for line in TABLE.strip().splitlines())
    assert tuple(head[2:]) == METHODS
    for route, whose, *statuses in lines:
        yield Row(
            route=route,
            whose=whose,
            statuses=dict(zip(METHODS, map(int, statuses), strict=True)),
        )


@pytest.fixture
def ids(directory: Directory, globex_directory: Directory) -> dict[tuple[str, str], str]:
    """By route and whose: an id to ask for."""
    carol = globex_directory.user_id("carol@globex.example")
    foreign_group = globex_directory.create_group("Pilots", carol)["id"]
    return {
        ("user", "own"): directory.user_id("ben@acme.example"),
        ("user", "foreign"): carol,
        ("user", "unknown"): NOBODY,
        ("group", "own"): directory.group_id("Support"),
        ("group", "foreign"): foreign_group,
        ("group", "unknown"): NOBODY,
        ("resource-type", "own"): "User",
        ("resource-type", "unknown"): "Duck",
        ("schema", "own"): "urn:ietf:params:scim:schemas:core:2.0:User",
        ("schema", "unknown"): "urn:example:Duck",
    }


@pytest.fixture
def callers(
    acme: people.Acme, directory: Directory, globex_directory: Directory
) -> dict[str, Directory]:
    """By token: who asks Acme, or with the own token asks Globex."""
    second = connect(acme.workspace)
    for each in (directory, globex_directory):
        Webhook.objects.create(connection=each.connection, public_key={"kid": "1"})
    old = Token.objects.get(key_id=second.token.split("_")[1])
    credentials.revoke(old)
    third = connect(acme.workspace)
    Token.objects.filter(key_id=third.token.split("_")[1]).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )
    return {
        "own": directory,
        "Globex's": replace(directory, token=globex_directory.token),
        "own, at Globex's address": replace(globex_directory, token=directory.token),
        "revoked": second,
        "expired": third,
        "no": replace(directory, token=""),
        "own, switched off": directory,
    }


def test_every_route_has_a_row() -> None:
    routes = {str(pattern.name) for pattern in urlpatterns}

    assert {row.route for row in rows()} == routes == PATHS.keys()
    print(f"{len(list(rows())) * len(METHODS) * len(TOKENS)} cells")


@pytest.mark.parametrize("token", TOKENS)
def test_every_cell_is_answered_as_the_table_says(
    callers: dict[str, Directory],
    globex: people.Globex,
    ids: dict[tuple[str, str], str],
    token: str,
) -> None:
    caller = prepared(callers, token)
    carols = of_workspace(globex)

    mismatches = []
    for row in rows():
        for method in METHODS:
            refused = None if row.route in OPEN else TOKENS[token]
            expected = refused or row.statuses[method]
            with rolled_back():
                status = send(caller, row, method, ids)
                is_touched = of_workspace(globex) != carols
            if status != expected or is_touched:
                mismatches.append((row.route, row.whose, method, status, expected, is_touched))

    assert mismatches == []


@pytest.mark.parametrize("token", [token for token, status in TOKENS.items() if status])
def test_who_is_refused_changes_nothing(
    callers: dict[str, Directory], ids: dict[tuple[str, str], str], token: str
) -> None:
    caller = prepared(callers, token)
    before = snapshot()

    for row in rows():
        for method in METHODS:
            send(caller, row, method, ids)

    assert snapshot() == before


def prepared(callers: dict[str, Directory], token: str) -> Directory:
    caller = callers[token]
    if "switched off" in token:
        connections.disable(caller.connection)
    return caller


def send(caller: Directory, row: Row, method: str, ids: dict[tuple[str, str], str]) -> int:
    path = PATHS[row.route].replace("{id}", ids.get((row.route, row.whose), ""))
    body = None
    if method in {"POST", "PUT", "PATCH"}:
        body = PATCH_BODY if method == "PATCH" else BODY
    headers = {} if caller.token else {"Authorization": ""}
    return caller.send(method, path, body, headers=headers).status


def of_workspace(globex: people.Globex) -> list[object]:
    """Give all rows that belong to Globex."""
    return [
        row
        for rows_of_one in snapshot().values()
        for row in rows_of_one
        if row.get("workspace_id", row.get("connection_id")) == globex.workspace.pk
        or row.get("slug") == "globex"
        or row.get("email") == "carol@globex.example"
    ]
