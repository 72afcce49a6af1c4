"""Acme's directory never reaches Globex: by id, member, manager, filter or bulk."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from scim_provisioning.protocol import urns
from tests import people
from tests.api.client import NOBODY, Answer, Directory, operation
from tests.rules.reading import stored
from workspace.models import GroupMembership, Member

INSERT = (
    "INSERT INTO workspace_groupmembership (workspace_id, group_id, member_id, created_at) "
    "VALUES (%s, %s, %s, CURRENT_TIMESTAMP)"
)


@pytest.fixture
def carol(globex_directory: Directory) -> str:
    return globex_directory.user_id("carol@globex.example")


class TestTheDatabase:
    @pytest.mark.parametrize("named", ["acme", "globex"])
    def test_it_refuses_a_membership_across_workspaces(
        self, acme: people.Acme, globex: people.Globex, named: str
    ) -> None:
        workspace = {"acme": acme.workspace, "globex": globex.workspace}[named]

        with pytest.raises(IntegrityError):
            _insert(workspace.pk, acme.support.pk, globex.carol.pk)

        assert not GroupMembership.objects.filter(member=globex.carol).exists()


class TestMembers:
    @pytest.mark.parametrize("verb", ["add", "replace"])
    def test_a_stranger_is_refused_like_somebody_unknown(
        self, directory: Directory, carol: str, verb: str
    ) -> None:
        support = f"/Groups/{directory.group_id('Support')}"

        answers = [
            directory.patch(support, operation(verb, "members", [{"value": each}]))
            for each in (carol, NOBODY)
        ]

        assert answers[0].outcome == (400, "invalidValue")
        assert answers[0].body == answers[1].body

    @pytest.mark.parametrize("verb", ["POST", "PUT"])
    def test_a_stranger_enters_no_whole_group(
        self, directory: Directory, carol: str, verb: str
    ) -> None:
        body = {"displayName": "Support", "members": [{"value": carol}]}
        path = f"/Groups/{directory.group_id('Support')}"

        answer = directory.post("/Groups", body) if verb == "POST" else directory.put(path, body)

        assert answer.outcome == (400, "invalidValue")
        assert not GroupMembership.objects.filter(member__email="carol@globex.example").exists()


class TestManager:
    def test_a_stranger_as_manager_shows_nothing_of_theirs(
        self, directory: Directory, carol: str
    ) -> None:
        answer = directory.post(
            "/Users",
            {"userName": "zoe", urns.ENTERPRISE_USER: {"manager": {"value": carol}}},
        )

        assert answer.status == 201
        assert "Carol" not in str(directory.get(f"/Users/{answer.body['id']}").body)


class TestFilters:
    @pytest.mark.parametrize(
        "filter",
        [
            'userName eq "carol@globex.example"',
            'userName eq "x" or userName eq "carol@globex.example"',
            'not (userName eq "ben@acme.example")',
            'emails.value co "globex"',
            'displayName sw "Carol" or active eq true',
            "userName pr",
        ],
    )
    def test_no_filter_finds_a_stranger(
        self, directory: Directory, carol: str, filter: str
    ) -> None:
        assert carol not in {each["id"] for each in directory.find("/Users", filter)}

    def test_a_strangers_id_finds_nobody(self, directory: Directory, carol: str) -> None:
        assert directory.find("/Users", f'id eq "{carol}"') == []
        assert directory.find("/Groups", f'members.value eq "{carol}"') == []


class TestBulk:
    def test_every_operation_on_a_stranger_is_not_found(
        self, directory: Directory, globex: people.Globex, carol: str
    ) -> None:
        before = Member.objects.filter(pk=globex.carol.pk).values().get()

        answer = directory.bulk(
            _bulk("PUT", carol, {"userName": "mallory"}),
            _bulk("PATCH", carol, {"Operations": [operation("replace", "active", False)]}),
            _bulk("DELETE", carol, None),
        )

        assert [each["status"] for each in answer.body["Operations"]] == ["404", "404", "404"]
        assert Member.objects.filter(pk=globex.carol.pk).values().get() == before

    def test_a_bulk_id_does_not_bring_a_stranger_in(self, directory: Directory, carol: str) -> None:
        members = [{"value": "bulkId:new"}, {"value": carol}]

        answer = directory.bulk(
            {"method": "POST", "path": "/Users", "bulkId": "new", "data": {"userName": "zoe"}},
            {
                "method": "POST",
                "path": "/Groups",
                "bulkId": "group",
                "data": {"displayName": "Pilots", "members": members},
            },
        )

        assert [each["status"] for each in answer.body["Operations"]] == ["201", "400"]
        assert directory.find("/Groups", 'displayName eq "Pilots"') == []


class TestIds:
    def test_another_workspaces_id_is_as_unknown_as_any(
        self, directory: Directory, globex: people.Globex, carol: str
    ) -> None:
        answers = {id: _tried(directory, id) for id in (carol, NOBODY)}

        assert {each.status for each in answers[carol]} == {404}
        assert [each.body for each in answers[carol]] == [each.body for each in answers[NOBODY]]
        assert stored(globex.carol).status == Member.Status.ACTIVE


def _insert(workspace_id: int, group_id: int, member_id: int) -> None:
    """Write a membership past the services, as it would stand at the end of a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [workspace_id, group_id, member_id])
        connection.check_constraints()


def _tried(directory: Directory, id: str) -> list[Answer]:
    return [
        directory.get(f"/Users/{id}"),
        directory.put(f"/Users/{id}", {"userName": "mallory"}),
        directory.patch(f"/Users/{id}", operation("replace", "active", False)),
        directory.delete(f"/Users/{id}"),
    ]


def _bulk(method: str, id: str, body: Any) -> dict[str, Any]:
    return {"method": method, "path": f"/Users/{id}", **({"data": body} if body else {})}
