"""Without the plan: a pause that says why, and loses nothing."""

from __future__ import annotations

import pytest

from tests import people
from tests.api.client import Directory, operation
from tests.workspace.browsing import signed_in
from workspace.models import Member, Workspace
from workspace.services import members_by_hand, workspaces

REASON = "Directory provisioning needs the Enterprise plan, which this workspace is not on."


@pytest.fixture
def ben(directory: Directory) -> str:
    """Ben's SCIM id, whom the directory has adopted."""
    return str(directory.create_user("ben@acme.example")["id"])


@pytest.fixture
def paused(directory: Directory, acme: people.Acme, ben: str) -> Directory:
    workspaces.change_plan(workspace=acme.workspace, plan=Workspace.Plan.PRO)
    return directory


def test_reads_and_writes_are_refused_with_the_reason(paused: Directory, ben: str) -> None:
    answers = [
        paused.get("/Users"),
        paused.get(f"/Groups/{ben}"),
        paused.post("/Users", {"userName": "zoe"}),
        paused.patch(f"/Users/{ben}", operation("replace", "active", False)),
        paused.delete(f"/Users/{ben}"),
        paused.bulk({"method": "DELETE", "path": f"/Users/{ben}"}),
    ]

    assert {(each.status, each.body["detail"]) for each in answers} == {(403, REASON)}


@pytest.mark.usefixtures("paused")
def test_people_stay_and_get_in(acme: people.Acme) -> None:
    assert Member.objects.filter(workspace=acme.workspace, status="ACTIVE").count() == 5
    assert signed_in(acme.ben).get("/workspaces/acme/members/").status_code == 200


@pytest.mark.usefixtures("paused")
def test_names_can_be_changed_by_hand(acme: people.Acme) -> None:
    ben = Member.objects.get(pk=acme.ben.pk)

    members_by_hand.rename_member(member=ben, name="Benno")

    assert Member.objects.get(pk=acme.ben.pk).name == "Benno"


def test_with_the_plan_again_everything_is_found_again(
    paused: Directory, acme: people.Acme, ben: str
) -> None:
    workspaces.change_plan(workspace=acme.workspace, plan=Workspace.Plan.ENTERPRISE)

    assert paused.user_id("ben@acme.example") == ben
    assert paused.post("/Users", {"userName": "ben@acme.example"}).outcome == (409, "uniqueness")
