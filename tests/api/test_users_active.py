"""`active` in every form: access is cut at once and comes back with all that was there."""

from __future__ import annotations

from typing import Any

import pytest

from tests import people
from tests.api.client import Answer, Directory, operation
from tests.workspace.browsing import signed_in, with_key
from workspace.models import Member
from workspace.services import api_keys, members_by_hand, workspaces

BEN = {"userName": "ben@acme.example", "emails": [{"value": "ben@acme.example"}]}

FORMS: dict[str, Any] = {
    "PATCH with a path": operation("replace", "active", False),
    "PATCH without a path": operation("replace", value={"active": False}),
    "PATCH with text": operation("Replace", "active", "False"),
    "PATCH with text in lower case": operation("replace", value={"active": "false"}),
    "PUT": {**BEN, "active": False},
    "PUT with text": {**BEN, "active": "False"},
}


def said(directory: Directory, user_id: str, form: dict[str, Any]) -> Answer:
    if "op" in form:
        return directory.patch(f"/Users/{user_id}", form)
    return directory.put(f"/Users/{user_id}", form)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_deactivation_cuts_access_with_the_answer(
    directory: Directory, acme: people.Acme, form: dict[str, Any]
) -> None:
    browser = signed_in(acme.ben)
    program = with_key(api_keys.create_api_key(member=acme.ben, label="laptop").secret)
    before = [
        browser.get("/workspaces/acme/members/").status_code,
        program.get("/api/me").status_code,
    ]

    answer = said(directory, directory.user_id("ben@acme.example"), form)

    assert answer.status == 200
    assert answer.body["active"] is False
    assert before == [200, 200]
    assert browser.get("/workspaces/acme/members/").status_code == 403
    assert program.get("/api/me").status_code == 401


def test_reactivation_restores_role_and_groups(directory: Directory, acme: people.Acme) -> None:
    mia = directory.user_id("mia@acme.example")
    directory.patch(f"/Users/{mia}", operation("replace", "active", False))

    answer = directory.patch(f"/Users/{mia}", operation("replace", "active", True))

    member = Member.objects.get(pk=acme.mia.pk)
    assert answer.body["active"] is True
    assert [each["display"] for each in answer.body["groups"]] == ["Engineering"]
    assert (member.status, member.role) == ("ACTIVE", "MANAGER")


def test_reactivation_needs_a_seat(directory: Directory, acme: people.Acme) -> None:
    ben = directory.user_id("ben@acme.example")
    directory.patch(f"/Users/{ben}", operation("replace", "active", False))
    workspaces.change_plan(workspace=acme.workspace, plan="ENTERPRISE", seat_limit=3)

    answer = directory.patch(f"/Users/{ben}", operation("replace", "active", True))

    assert answer.status == 403
    assert answer.body["detail"].startswith("active: every seat")
    assert directory.get(f"/Users/{ben}").body["active"] is False


def test_what_an_administrator_blocked_stays_blocked(
    directory: Directory, acme: people.Acme
) -> None:
    ben = directory.user_id("ben@acme.example")
    members_by_hand.block_member(member=acme.ben, by=acme.olivia)

    answers = [
        directory.patch(f"/Users/{ben}", operation("replace", "active", True)),
        directory.put(f"/Users/{ben}", {**BEN, "active": True}),
        directory.patch(f"/Users/{ben}", operation("replace", "title", "Engineer")),
    ]

    assert [each.status for each in answers] == [200, 200, 200]
    assert [each.body["active"] for each in answers] == [False, False, False]
    assert Member.objects.get(pk=acme.ben.pk).status == Member.Status.INACTIVE


def test_the_last_owner_stays(directory: Directory, acme: people.Acme) -> None:
    olivia = directory.user_id("olivia@acme.example")
    attempts = [
        directory.patch(f"/Users/{olivia}", operation("replace", "active", False)),
        directory.put(f"/Users/{olivia}", {"userName": "olivia@acme.example", "active": False}),
        directory.delete(f"/Users/{olivia}"),
    ]

    assert [each.status for each in attempts] == [403, 403, 403]
    assert all("last active owner" in each.body["detail"] for each in attempts)
    assert directory.get(f"/Users/{olivia}").body["active"] is True
    assert Member.objects.get(pk=acme.olivia.pk).status == Member.Status.ACTIVE


def test_somebody_inactive_is_still_found(directory: Directory) -> None:
    ben = directory.user_id("ben@acme.example")
    directory.patch(f"/Users/{ben}", operation("replace", "active", False))

    assert directory.user_id("ben@acme.example") == ben
    assert ben in {each["id"] for each in directory.find("/Users", "active eq false")}


def test_somebody_inactive_stays_in_the_groups(directory: Directory) -> None:
    ben = directory.user_id("ben@acme.example")
    directory.patch(f"/Users/{ben}", operation("replace", "active", False))

    assert ben in directory.member_ids(directory.group_id("Support"))
