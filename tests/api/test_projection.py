"""`attributes` and `excludedAttributes` over HTTP (RFC 7644 §3.9)."""

from __future__ import annotations

import pytest

from scim_provisioning.protocol import urns
from tests.api.client import Directory, statements
from workspace.models import GroupMembership

MEMBERSHIPS = GroupMembership._meta.db_table


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"attributes": "userName"}, {"userName"}),
        ({"attributes": "USERNAME, name.givenName"}, {"userName", "name"}),
        ({"attributes": f"{urns.USER}:userName"}, {"userName"}),
        ({"attributes": "shoeSize"}, set()),
        ({"attributes": "password"}, set()),
        ({"attributes": "userName,emails", "excludedAttributes": "emails"}, {"userName"}),
        ({"attributes": "groups.display"}, {"groups"}),
    ],
)
def test_only_what_is_asked_for_is_shown(
    directory: Directory, query: dict[str, str], shown: set[str]
) -> None:
    """RFC 7643 §7: `schemas` and `id` are always returned."""
    path = f"/Users/{directory.user_id('ben@acme.example')}"

    one = directory.get(path, **query).body
    listed = directory.get("/Users", filter='userName sw "ben"', **query).body["Resources"]

    assert one.keys() == {"schemas", "id", *shown}
    assert listed == [one]


def test_what_is_excluded_is_not_shown(directory: Directory) -> None:
    path = f"/Users/{directory.user_id('ben@acme.example')}"
    whole = directory.get(path).body

    less = directory.get(path, excludedAttributes="emails,name.formatted,meta,id,schemas").body

    assert less.keys() == whole.keys() - {"emails", "meta"}
    assert less["name"].keys() == whole["name"].keys() - {"formatted"}


@pytest.mark.parametrize(
    "query", [{"excludedAttributes": "members"}, {"attributes": "displayName"}]
)
def test_members_that_are_not_shown_are_not_loaded(
    directory: Directory, query: dict[str, str]
) -> None:
    path = f"/Groups/{directory.group_id('Support')}"

    with statements() as executed:
        one = directory.get(path, **query).body
        listed = directory.get("/Groups", **query).body["Resources"]
        searched = directory.post("/Groups/.search", query).body["Resources"]

    assert "members" not in one
    assert all("members" not in each for each in (*listed, *searched))
    assert not [sql for sql in executed if MEMBERSHIPS in sql]


@pytest.mark.parametrize("query", [{"excludedAttributes": "groups"}, {"attributes": "userName"}])
def test_groups_that_are_not_shown_are_not_sent(
    directory: Directory, query: dict[str, str]
) -> None:
    listed = directory.get("/Users", **query).body["Resources"]

    assert all("groups" not in each for each in listed)


def test_writes_answer_with_what_is_asked_for(directory: Directory) -> None:
    ben = directory.user_id("ben@acme.example")
    body = {"userName": "ben@acme.example", "title": "Engineer"}

    answer = directory.send("PUT", f"/Users/{ben}", body, query={"attributes": "title"})

    assert answer.body == {"schemas": [urns.USER], "id": ben, "title": "Engineer"}


def test_schemas_names_no_extension_that_is_not_there(directory: Directory) -> None:
    user = directory.create_user("zoe", **{urns.ENTERPRISE_USER: {"department": "R&D"}})

    less = directory.get(f"/Users/{user['id']}", excludedAttributes=urns.ENTERPRISE_USER).body

    assert user["schemas"] == [urns.USER, urns.ENTERPRISE_USER]
    assert less["schemas"] == [urns.USER]
