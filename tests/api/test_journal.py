"""Every write and every refusal is recorded: by names of attributes, never by their values."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.forms.models import model_to_dict

from scim_provisioning.models import JournalEntry, Token
from scim_provisioning.protocol import urns
from tests.api.client import NOBODY, Directory, operation

SECRETS = ("zoe.secret@acme.example", "Hidden-Name", "00uSECRET", "t1meMa$heen", "Hidden-Title")
ZOE = {
    "userName": SECRETS[0],
    "displayName": SECRETS[1],
    "externalId": SECRETS[2],
    "password": SECRETS[3],
    "title": SECRETS[4],
    "emails": [{"value": SECRETS[0]}],
}


def last() -> JournalEntry:
    entry = JournalEntry.objects.order_by("pk").last()
    assert entry is not None
    return entry


def test_a_creation_is_recorded(directory: Directory) -> None:
    answer = directory.post("/Users", ZOE)

    entry = last()
    assert (entry.operation, entry.resource_type, entry.status) == ("create", "User", 201)
    assert str(entry.scim_id) == answer.body["id"]
    assert {"userName", "displayName", "emails", "title"} <= set(entry.changed)
    assert entry.correlation_id == answer.headers["X-Correlation-Id"]
    assert entry.token == Token.objects.get(connection=directory.connection)


@pytest.mark.parametrize(
    ("verb", "operation_name", "status"),
    [("PUT", "replace", 200), ("PATCH", "patch", 200), ("DELETE", "delete", 204)],
)
def test_every_other_write_is_recorded(
    directory: Directory, verb: str, operation_name: str, status: int
) -> None:
    ben = directory.user_id("ben@acme.example")
    body = {
        "userName": "ben@acme.example",
        "title": "Engineer",
        "Operations": [operation("add", "title", "Engineer")],
    }

    directory.send(verb, f"/Users/{ben}", body)

    entry = last()
    assert (entry.operation, entry.resource_type, entry.status) == (operation_name, "User", status)
    assert str(entry.scim_id) == ben
    assert ("title" in entry.changed) is (verb != "DELETE")


def test_a_change_of_members_is_recorded(directory: Directory) -> None:
    support = directory.group_id("Support")

    directory.patch(f"/Groups/{support}", operation("remove", "members"))

    entry = last()
    assert (entry.operation, entry.resource_type) == ("patch", "Group")
    assert entry.changed == ["members"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "scim_type"),
    [
        ("POST", "/Users", {}, 400, "invalidValue"),
        ("POST", "/Users", b"{", 400, "invalidSyntax"),
        ("POST", "/Groups", {"displayName": "Pilots"}, 409, "uniqueness"),
        ("PUT", f"/Users/{NOBODY}", {"userName": "zoe"}, 404, ""),
        ("PATCH", f"/Groups/{NOBODY}", {"Operations": [{"op": "copy"}]}, 400, "invalidSyntax"),
        ("DELETE", f"/Users/{NOBODY}", None, 404, ""),
        ("DELETE", "/Users", None, 405, ""),
    ],
)
def test_a_refusal_is_recorded(
    directory: Directory, method: str, path: str, body: object, status: int, scim_type: str
) -> None:
    directory.create_group("Pilots")

    answer = directory.send(method, path, body)

    entry = last()
    assert (entry.status, entry.scim_type) == (answer.status, scim_type) == (status, scim_type)
    assert entry.operation == method.lower()
    assert entry.changed == []
    assert entry.notes == [answer.body["detail"]]
    assert entry.correlation_id == answer.headers["X-Correlation-Id"]


def test_every_operation_of_a_bulk_is_recorded(directory: Directory) -> None:
    answer = directory.bulk(
        {"method": "POST", "path": "/Users", "bulkId": "1", "data": {"userName": "zoe"}},
        {"method": "POST", "path": "/Users", "bulkId": "2", "data": {"userName": "ZOE"}},
    )

    entries = JournalEntry.objects.filter(correlation_id=answer.headers["X-Correlation-Id"])
    assert sorted(entries.values_list("status", flat=True)) == [201, 409]


def test_a_read_leaves_no_trace(directory: Directory) -> None:
    directory.get("/Users")
    directory.get("/Users/x")
    directory.get("/Me")

    assert JournalEntry.objects.count() == 0


def test_a_refused_read_is_recorded(directory: Directory) -> None:
    answer = directory.get("/Users", filter="x y z")

    entry = last()
    assert (entry.operation, entry.resource_type, entry.status) == ("get", "User", answer.status)
    assert entry.notes == [answer.body["detail"]]


def test_nobody_s_refusal_is_in_nobody_s_journal(directory: Directory) -> None:
    directory.post("/Users", ZOE, headers={"Authorization": "Bearer wrong"})

    assert JournalEntry.objects.count() == 0


def test_no_value_is_ever_recorded(directory: Directory, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    zoe = directory.post("/Users", ZOE).body["id"]
    directory.post("/Users", ZOE)
    directory.post("/Users", {**ZOE, "userName": "x", "emails": [{"value": "Hidden-Name"}]})
    directory.patch(f"/Users/{zoe}", operation("replace", "active", "Hidden-Title"))
    directory.patch(f"/Users/{zoe}", operation("replace", 'title[x eq "Hidden-Title"', "y"))
    directory.patch(f"/Users/{zoe}", operation("replace", "timezone", "Hidden-Name"))
    directory.put(f"/Users/{zoe}", {**ZOE, urns.ENTERPRISE_USER: "Hidden-Title"})
    directory.get("/Users", filter=f'userName eq "{SECRETS[0]}" and')
    directory.bulk({"method": "POST", "path": "/Users", "bulkId": "1", "data": ZOE})

    entries = [model_to_dict(each) for each in JournalEntry.objects.all()]
    told = json.dumps(entries, default=str) + caplog.text
    assert len(entries) >= 7
    assert not [each for each in (*SECRETS, directory.token) if each in told]
