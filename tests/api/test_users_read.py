"""GET /Users/<id> (RFC 7644 §3.4.1)."""

from __future__ import annotations

import pytest

from scim_provisioning.protocol import urns
from tests.api.client import NOBODY, Directory


def test_groups_are_shown_with_id_name_and_address(directory: Directory) -> None:
    user = directory.create_user("zoe")
    group = directory.create_group("Pilots", user["id"])

    answer = directory.get(f"/Users/{user['id']}")

    assert answer.status == 200
    assert answer.body["groups"] == [
        {
            "value": group["id"],
            "$ref": group["meta"]["location"],
            "display": "Pilots",
            "type": "direct",
        }
    ]


def test_an_answer_says_where_it_comes_from(directory: Directory) -> None:
    user = directory.create_user("zoe")

    answer = directory.get(f"/Users/{user['id']}")

    assert answer.headers["Content-Location"] == user["meta"]["location"]
    assert answer.headers["ETag"] == answer.body["meta"]["version"]


def test_nothing_is_null_or_empty(directory: Directory) -> None:
    """RFC 7643 §2.5: what is unassigned is left out."""
    user = directory.create_user("zoe", title="", emails=[], nickName=None, name={})

    body = directory.get(f"/Users/{user['id']}").body

    assert {"title", "emails", "nickName", "name", "groups"}.isdisjoint(body)


@pytest.mark.parametrize(
    "id", [NOBODY, "1", "me", "x" * 500, "%00", "%ED%A0%80", "..", "' OR 1=1 --", "é"]
)
def test_an_id_that_nobody_has_is_not_found(directory: Directory, id: str) -> None:
    for path in (f"/Users/{id}", f"/Groups/{id}"):
        answer = directory.get(path)

        assert answer.status == 404, path
        assert answer.body["schemas"] == [urns.ERROR]
        assert answer.body["status"] == "404"


def test_an_id_is_compared_with_case(directory: Directory) -> None:
    """RFC 7643 §3.1: `id` is caseExact."""
    user = directory.create_user("zoe")

    assert directory.get(f"/Users/{user['id'].upper()}").status == 404


def test_a_group_is_no_user(directory: Directory) -> None:
    group_id = directory.group_id("Support")

    assert directory.get(f"/Users/{group_id}").status == 404
