"""Many operations in one request (RFC 7644 §3.7)."""

from __future__ import annotations

from typing import Any

import pytest

from scim_provisioning.protocol import urns
from tests.api.client import NOBODY, Answer, Configure, Directory, operation
from workspace.models import Group, Member

MANAGER = f"{urns.ENTERPRISE_USER}:manager"


def user(bulk_id: str, *, manager: str | None = None) -> dict[str, object]:
    data: dict[str, object] = {"schemas": [urns.USER], "userName": bulk_id}
    if manager:
        data[urns.ENTERPRISE_USER] = {"manager": {"value": f"bulkId:{manager}"}}
    return {"method": "POST", "path": "/Users", "bulkId": bulk_id, "data": data}


def group(bulk_id: str, *members: str) -> dict[str, object]:
    data = {"displayName": bulk_id, "members": [{"value": f"bulkId:{each}"} for each in members]}
    return {"method": "POST", "path": "/Groups", "bulkId": bulk_id, "data": data}


def statuses(answer: Answer) -> list[str]:
    return [each["status"] for each in answer.body["Operations"]]


def manager_of(directory: Directory, user_name: str) -> str | None:
    [found] = directory.find("/Users", f'userName eq "{user_name}"')
    manager: str | None = found.get(urns.ENTERPRISE_USER, {}).get("manager", {}).get("value")
    return manager


def test_every_method_answers_in_the_request_s_order(directory: Directory) -> None:
    zoe = directory.create_user("zoe", title="Pilot")
    bob = directory.create_user("bob")
    path = f"/Users/{zoe['id']}"

    answer = directory.bulk(
        user("ada"),
        {"method": "patch", "path": path, "data": {"Operations": [operation("remove", "title")]}},
        {"method": "PUT", "path": f"/Users/{bob['id']}", "data": {"userName": "robert"}},
        {"method": "DELETE", "path": path},
    )

    created, patched, replaced, deleted = answer.body["Operations"]
    ada = directory.get(f"/Users/{directory.user_id('ada')}").body["meta"]
    robert = directory.get(f"/Users/{bob['id']}").body["meta"]
    assert answer.status == 200
    assert answer.body["schemas"] == [urns.BULK_RESPONSE]
    assert created == {
        "method": "POST",
        "bulkId": "ada",
        "version": ada["version"],
        "location": ada["location"],
        "status": "201",
    }
    assert patched["status"] == "200"
    assert patched["version"] != zoe["meta"]["version"]
    assert replaced["version"] == robert["version"]
    assert deleted == {"method": "DELETE", "location": zoe["meta"]["location"], "status": "204"}


def test_references_lead_forwards_and_backwards(directory: Directory) -> None:
    """RFC 7644 §3.7.2: the server resolves a bulkId wherever it stands."""
    answer = directory.bulk(group("Pilots", "ada", "bob"), user("ada", manager="bob"), user("bob"))

    ids = {directory.user_id("ada"), directory.user_id("bob")}
    assert statuses(answer) == ["201", "201", "201"]
    assert [each["bulkId"] for each in answer.body["Operations"]] == ["Pilots", "ada", "bob"]
    assert directory.member_ids(directory.group_id("Pilots")) == ids
    assert manager_of(directory, "ada") == directory.user_id("bob")


def test_references_in_a_circle_are_resolved(directory: Directory) -> None:
    """RFC 7644 §3.7.1: a MUST to try to resolve circular references."""
    answer = directory.bulk(
        user("ada", manager="cleo"), user("bob", manager="ada"), user("cleo", manager="bob")
    )

    versions = [each["version"] for each in answer.body["Operations"]]
    now = [
        directory.find("/Users", f'userName eq "{name}"')[0]["meta"]["version"]
        for name in ("ada", "bob", "cleo")
    ]
    assert statuses(answer) == ["201", "201", "201"]
    assert manager_of(directory, "ada") == directory.user_id("cleo")
    assert manager_of(directory, "bob") == directory.user_id("ada")
    assert manager_of(directory, "cleo") == directory.user_id("bob")
    assert versions == now


def test_a_path_may_hold_a_reference(directory: Directory) -> None:
    answer = directory.bulk(
        {
            "method": "PATCH",
            "path": "/Groups/bulkId:Pilots",
            "data": {"Operations": [operation("add", "members", [{"value": "bulkId:ada"}])]},
        },
        group("Pilots"),
        user("ada"),
    )

    assert statuses(answer) == ["200", "201", "201"]
    assert directory.member_ids(directory.group_id("Pilots")) == {directory.user_id("ada")}


def test_a_failure_undoes_its_own_operation_alone(directory: Directory) -> None:
    zoe = directory.create_user("zoe", title="Pilot")
    half_done = [operation("replace", "title", "Captain"), operation("replace", "userName", "")]

    answer = directory.bulk(
        user("ada"),
        {"method": "PATCH", "path": f"/Users/{zoe['id']}", "data": {"Operations": half_done}},
        user("bob"),
    )

    failed = answer.body["Operations"][1]
    assert statuses(answer) == ["201", "400", "201"]
    assert failed["location"] == zoe["meta"]["location"]
    assert failed["response"]["schemas"] == [urns.ERROR]
    assert failed["response"]["status"] == "400"
    assert failed["response"]["scimType"] == "invalidValue"
    assert directory.get(f"/Users/{zoe['id']}").body == zoe


def test_what_refers_to_a_failure_fails_as_well(directory: Directory) -> None:
    directory.create_user("ada")

    answer = directory.bulk(group("Pilots", "ada"), user("ada"))

    assert statuses(answer) == ["409", "409"]
    assert directory.find("/Groups", 'displayName eq "Pilots"') == []


def test_a_reference_to_nothing_is_refused(directory: Directory) -> None:
    answer = directory.bulk(group("Pilots", "ghost"))

    assert statuses(answer) == ["400"]
    assert "bulkId" in answer.body["Operations"][0]["response"]["detail"]
    assert directory.find("/Groups", 'displayName eq "Pilots"') == []


@pytest.mark.parametrize(
    ("limit", "expected"), [(1, ["201", "409"]), (2, ["201", "409", "201", "409"])]
)
def test_work_stops_at_so_many_errors(
    directory: Directory, limit: int, expected: list[str]
) -> None:
    """RFC 7644 §3.7.3: `failOnErrors`."""
    directory.create_user("taken")
    taken = [{**user("taken"), "bulkId": each} for each in ("first", "second")]

    answer = directory.bulk(
        user("ada"), taken[0], user("bob"), taken[1], user("cleo"), failOnErrors=limit
    )

    assert statuses(answer) == expected
    assert directory.find("/Users", 'userName eq "cleo"') == []


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ({"method": "POST", "path": "/Users", "data": {}}, "Operations[0].bulkId"),
        ({"method": "GET", "path": "/Users"}, "Operations[0].method"),
        ({"method": "DELETE", "path": "/Users"}, "Operations[0].path"),
        ({"method": "POST", "path": f"/Users/{NOBODY}", "bulkId": "x"}, "Operations[0].path"),
        ({"method": "DELETE", "path": 7}, "Operations[0].path"),
        ("DELETE", "Operations[0]"),
    ],
)
def test_a_request_that_cannot_be_read_does_nothing(
    directory: Directory, broken: Any, named: str
) -> None:
    answer = directory.bulk(broken, user("ada"))

    assert answer.outcome[0] == 400
    assert named in answer.body["detail"]
    assert directory.find("/Users", 'userName eq "ada"') == []


def test_a_bulk_id_stands_for_one_operation(directory: Directory) -> None:
    answer = directory.bulk(user("ada"), {**user("bob"), "bulkId": "ada"})

    assert answer.status == 400
    assert "bulkId" in answer.body["detail"]


def test_an_unknown_endpoint_fails_alone(directory: Directory) -> None:
    answer = directory.bulk({**user("x"), "path": "/Ducks"}, user("ada"))

    assert statuses(answer) == ["404", "201"]


def test_a_version_is_a_precondition(directory: Directory) -> None:
    """RFC 7644 §3.7: `version` of an operation is its If-Match."""
    zoe = directory.create_user("zoe")
    deletion = {"method": "DELETE", "path": f"/Users/{zoe['id']}"}

    refused = directory.bulk({**deletion, "version": 'W/"other"'})
    done = directory.bulk({**deletion, "version": zoe["meta"]["version"]})

    assert (statuses(refused), statuses(done)) == (["412"], ["204"])


def test_more_operations_than_announced_are_refused_whole(
    directory: Directory, configure: Configure
) -> None:
    """RFC 7644 §3.7.4: 413, naming the limit."""
    configure(BULK_MAX_OPERATIONS=2)
    announced = directory.get("/ServiceProviderConfig").body["bulk"]

    answer = directory.bulk(user("ada"), user("bob"), user("cleo"))

    assert announced["maxOperations"] == 2
    assert answer.outcome == (413, "tooMany")
    assert "2" in answer.body["detail"]
    assert directory.find("/Users", 'userName eq "ada"') == []


def test_a_larger_payload_than_announced_is_refused_whole(
    directory: Directory, configure: Configure
) -> None:
    configure(MAX_BODY_BYTES=500)
    announced = directory.get("/ServiceProviderConfig").body["bulk"]

    answer = directory.bulk(*(user(f"person-{number}") for number in range(9)))

    assert announced["maxPayloadSize"] == 500
    assert answer.outcome == (413, "tooMany")
    assert "500" in answer.body["detail"]


def test_nobody_else_s_resources_are_reached(
    directory: Directory, globex_directory: Directory
) -> None:
    carol = globex_directory.user_id("carol@globex.example")
    members, groups = Member.objects.count(), Group.objects.count()

    answer = directory.bulk(
        {"method": "DELETE", "path": f"/Users/{carol}"},
        {**group("Pilots"), "data": {"displayName": "Pilots", "members": [{"value": carol}]}},
    )

    assert statuses(answer) == ["404", "400"]
    assert (Member.objects.count(), Group.objects.count()) == (members, groups)
    assert globex_directory.get(f"/Users/{carol}").status == 200


def test_a_circle_that_breaks_leaves_nothing_behind(directory: Directory) -> None:
    """RFC 7644 §3.7: an operation that is reported as failed has not been carried out by half."""
    directory.create_user("bob")

    answer = directory.bulk(user("ada", manager="bob"), user("bob", manager="ada"))

    assert statuses(answer) == ["409", "409"]
    assert directory.find("/Users", 'userName eq "ada"') == []


def test_a_circle_of_groups_leaves_nothing_behind(directory: Directory) -> None:
    answer = directory.bulk(group("Pilots", "Crew"), group("Crew", "Pilots"))

    assert not {"200", "201"} & set(statuses(answer))
    assert directory.find("/Groups", 'displayName eq "Pilots"') == []
    assert directory.find("/Groups", 'displayName eq "Crew"') == []
