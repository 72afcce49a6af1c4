"""Carol of Globex is never seen nor touched by Acme's directory."""

from __future__ import annotations

import pytest

from scim_provisioning.protocol import urns
from tests.api.client import Directory, operation
from tests.api.snapshot import snapshot

FILTERS = [
    'userName eq "carol@globex.example"',
    'userName eq "nobody" or userName eq "carol@globex.example"',
    "userName pr or active eq true",
    'not (userName eq "nobody")',
    'userName ne "nobody"',
    'emails co "globex"',
    'emails[value ew "globex.example"]',
    'displayName sw "Carol"',
    'displayName eq "Carol Owner" or not (displayName pr)',
    'id eq "{carol}"',
    'id ne "x"',
    'meta.location co "{carol}"',
    'meta.location ew "/Users/{carol}"',
    'meta.created gt "2000-01-01T00:00:00Z"',
    'groups eq "{pilots}"',
    'groups.display eq "Pilots"',
    'members eq "{carol}"',
    'members[value eq "{carol}" or value pr]',
    "') OR 1=1 --",
    "userName eq \"x' OR '1'='1\"",
    'userName co "%"',
    'userName sw "_"',
]


@pytest.fixture
def carol(globex_directory: Directory) -> str:
    return globex_directory.user_id("carol@globex.example")


@pytest.fixture
def pilots(globex_directory: Directory, carol: str) -> str:
    """Globex's only group, Carol in it."""
    return str(globex_directory.create_group("Pilots", carol)["id"])


@pytest.mark.parametrize("filter", FILTERS)
@pytest.mark.parametrize("endpoint", ["/Users", "/Groups", ""])
def test_no_filter_finds_her(
    directory: Directory, carol: str, pilots: str, endpoint: str, filter: str
) -> None:
    text = filter.replace("{carol}", carol).replace("{pilots}", pilots)

    listed = directory.get(endpoint, filter=text)
    searched = directory.post(f"{endpoint}/.search", {"filter": text})

    for answer in (listed, searched):
        assert answer.status in {200, 400}
        found = {each["id"] for each in answer.body.get("Resources", [])}
        assert found.isdisjoint({carol, pilots})
        assert "globex" not in str(answer.body).lower()


@pytest.mark.parametrize("op", ["add", "replace", "remove"])
def test_she_joins_no_group(directory: Directory, carol: str, op: str) -> None:
    support = f"/Groups/{directory.group_id('Support')}"
    before = snapshot()

    answers = [
        directory.patch(support, operation(op, "members", [{"value": carol}])),
        directory.patch(support, operation("remove", f'members[value eq "{carol}"]')),
    ]

    assert answers[0].status == (204 if op == "remove" else 400)
    assert answers[1].status == 204
    assert before["GroupMembership"] == snapshot()["GroupMembership"]


def test_she_is_in_no_group_that_is_created_or_replaced(directory: Directory, carol: str) -> None:
    support = f"/Groups/{directory.group_id('Support')}"
    body = {"displayName": "Support", "members": [{"value": carol}]}

    assert directory.put(support, body).outcome == (400, "invalidValue")
    assert directory.post("/Groups", {**body, "displayName": "New"}).outcome == (
        400,
        "invalidValue",
    )


def test_a_foreign_member_reads_as_an_unknown_one(directory: Directory, carol: str) -> None:
    """No answer tells that an id exists elsewhere."""
    support = f"/Groups/{directory.group_id('Support')}"
    unknown = "11111111-1111-4111-8111-111111111111"

    answers = [
        directory.patch(support, operation("add", "members", [{"value": each}])).body
        for each in (carol, unknown)
    ]

    assert answers[0] == answers[1]


def test_she_is_a_manager_in_name_only(
    directory: Directory, globex_directory: Directory, carol: str
) -> None:
    before = globex_directory.get(f"/Users/{carol}").body

    zoe = directory.create_user("zoe", **{urns.ENTERPRISE_USER: {"manager": {"value": carol}}})

    assert zoe[urns.ENTERPRISE_USER] == {"manager": {"value": carol}}
    assert globex_directory.get(f"/Users/{carol}").body == before


def test_her_names_are_free_here(directory: Directory, carol: str, pilots: str) -> None:
    """Uniqueness is per workspace: no 409 tells of another one's people."""
    person = directory.post("/Users", {"userName": "carol@globex.example", "externalId": carol})
    group = directory.post("/Groups", {"displayName": "Pilots", "externalId": pilots})

    assert (person.status, group.status) == (201, 201)
    assert person.body["id"] != carol
    assert group.body["id"] != pilots


def test_her_account_is_not_touched_by_a_namesake(
    directory: Directory, globex_directory: Directory, carol: str
) -> None:
    before = globex_directory.get(f"/Users/{carol}").body
    accounts = snapshot()["User"]
    email = {"emails": [{"value": "carol@globex.example"}]}

    zoe = directory.create_user("carol@globex.example", displayName="Carol Taken", **email)
    path = f"/Users/{zoe['id']}"
    directory.patch(path, operation("replace", "displayName", "Mallory"))
    directory.patch(path, operation("replace", "emails[value pr].value", "m@acme.example"))
    directory.patch(path, operation("replace", "active", False))
    directory.delete(path)

    assert globex_directory.get(f"/Users/{carol}").body == before
    assert snapshot()["User"][: len(accounts)] == accounts


def test_the_same_name_in_two_workspaces_is_two_resources(
    directory: Directory, globex_directory: Directory
) -> None:
    ours = directory.create_user("sam", title="Pilot")
    theirs = globex_directory.create_user("sam", title="Cook")

    directory.delete(f"/Users/{ours['id']}")

    assert ours["id"] != theirs["id"]
    assert globex_directory.get(f"/Users/{theirs['id']}").body == theirs
