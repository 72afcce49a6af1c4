"""Who is in a group: PATCH on `members` (RFC 7644 §3.5.2)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import NOBODY, Directory, operation


@pytest.fixture
def ids(directory: Directory) -> dict[str, str]:
    """Ada and Bob, who are in the group Pilots, and Zoe, who is not."""
    users = {name: directory.create_user(name)["id"] for name in ("ada", "bob", "zoe")}
    pilots = directory.create_group("Pilots", users["ada"], users["bob"])["id"]
    return {**users, "pilots": pilots}


def filled(value: Any, ids: dict[str, str]) -> Any:
    """Put ids in the place of names."""
    if isinstance(value, str):
        for name, id in ids.items():
            value = value.replace(f"<{name}>", id)
        return value
    if isinstance(value, dict):
        return {name: filled(each, ids) for name, each in value.items()}
    return [filled(each, ids) for each in value] if isinstance(value, list) else value


def ref(*names: str) -> list[dict[str, str]]:
    return [{"value": f"<{name}>"} for name in names]


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (operation("add", "members", ref("zoe")), "ada bob zoe"),
        (operation("add", "members", ref("ada", "ada")), "ada bob"),
        (operation("Add", "members", {"value": "<zoe>"}), "ada bob zoe"),
        (operation("add", value={"members": ref("zoe")}), "ada bob zoe"),
        (operation("remove", "members", ref("ada")), "bob"),
        (operation("remove", "members", ref("zoe")), "ada bob"),
        (operation("Remove", 'members[value eq "<ada>"]'), "bob"),
        (operation("remove", 'members[value eq "<zoe>"]'), "ada bob"),
        (operation("remove", 'members[value eq "<ada>" or value eq "<bob>"]'), ""),
        (operation("remove", 'members[not (value eq "<ada>")]'), "ada"),
        (operation("remove", "members"), ""),
        (operation("replace", "members", ref("zoe")), "zoe"),
        (operation("replace", "members", []), ""),
        (operation("replace", value={"members": ref("zoe", "ada")}), "ada zoe"),
    ],
)
def test_a_change_does_just_that(
    directory: Directory, ids: dict[str, str], change: dict[str, object], left: str
) -> None:
    answer = directory.patch(f"/Groups/{ids['pilots']}", filled(change, ids))

    assert (answer.status, answer.body) == (204, None)
    assert directory.member_ids(ids["pilots"]) == {ids[name] for name in left.split()}


def test_of_two_changes_the_later_one_wins(directory: Directory, ids: dict[str, str]) -> None:
    directory.patch(
        f"/Groups/{ids['pilots']}",
        operation("remove", "members"),
        filled(operation("add", "members", ref("zoe", "bob")), ids),
        filled(operation("remove", 'members[value eq "<bob>"]'), ids),
    )

    assert directory.member_ids(ids["pilots"]) == {ids["zoe"]}


@pytest.mark.parametrize("unknown", [NOBODY, "not-an-id", "<pilots>"])
@pytest.mark.parametrize("op", ["add", "replace"])
def test_somebody_unknown_refuses_the_whole_change(
    directory: Directory, ids: dict[str, str], op: str, unknown: str
) -> None:
    members = filled([{"value": "<zoe>"}, {"value": unknown}], ids)

    answer = directory.patch(
        f"/Groups/{ids['pilots']}",
        operation("replace", "displayName", "Crew"),
        operation(op, "members", members),
    )

    assert answer.outcome == (400, "invalidValue")
    assert answer.body["detail"].startswith("members: ")
    assert directory.member_ids(ids["pilots"]) == {ids["ada"], ids["bob"]}
    assert directory.get(f"/Groups/{ids['pilots']}").body["displayName"] == "Pilots"


def test_removing_somebody_unknown_changes_nothing(
    directory: Directory, ids: dict[str, str]
) -> None:
    answer = directory.patch(
        f"/Groups/{ids['pilots']}", operation("remove", "members", [{"value": NOBODY}])
    )

    assert answer.status == 204
    assert directory.member_ids(ids["pilots"]) == {ids["ada"], ids["bob"]}


def test_groups_within_groups_are_refused(directory: Directory, ids: dict[str, str]) -> None:
    answer = directory.patch(
        f"/Groups/{ids['pilots']}",
        operation("add", "members", [{"value": ids["pilots"], "type": "Group"}]),
    )

    assert answer.outcome == (400, "invalidValue")
    assert "members.type" in answer.body["detail"]


def test_the_group_is_answered_when_attributes_are_asked_for(
    directory: Directory, ids: dict[str, str]
) -> None:
    """RFC 7644 §3.5.2: 200 is a MUST when the query has `attributes`."""
    answer = directory.send(
        "PATCH",
        f"/Groups/{ids['pilots']}",
        {"Operations": [filled(operation("add", "members", ref("zoe")), ids)]},
        query={"attributes": "members.value"},
    )

    assert answer.status == 200
    assert [each["value"] for each in answer.body["members"]] == [
        ids["ada"],
        ids["bob"],
        ids["zoe"],
    ]


def test_a_person_shows_the_groups(directory: Directory, ids: dict[str, str]) -> None:
    directory.patch(
        f"/Groups/{ids['pilots']}", operation("remove", "members", [{"value": ids["ada"]}])
    )

    assert "groups" not in directory.get(f"/Users/{ids['ada']}").body
    assert directory.get(f"/Users/{ids['bob']}").body["groups"][0]["value"] == ids["pilots"]
