"""What is recorded: exactly the events of the vocabulary, in the transaction, ids only."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction

from scim_provisioning import connections, credentials
from scim_provisioning.models import Connection, Event
from scim_provisioning.outbox import EventName, event_recorded
from scim_provisioning.outbox.events import about_connection
from scim_provisioning.outbox.recording import record
from tests.api.client import Directory, operation
from tests.people import Acme, Globex

NIA: dict[str, Any] = {"userName": "nia@acme.example", "emails": [{"value": "nia@acme.example"}]}


@pytest.fixture
def nia(directory: Directory) -> str:
    """Somebody whom the directory has made."""
    created = provision(directory)
    Event.objects.all().delete()
    return str(created["id"])


def provision(directory: Directory, **more: object) -> dict[str, Any]:
    return directory.create_user(NIA["userName"], emails=NIA["emails"], **more)


def names() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("name", flat=True))


class TestPeople:
    def test_a_new_person_is_provisioned(self, directory: Directory) -> None:
        Event.objects.all().delete()

        created = provision(directory)

        assert names() == ["member.provisioned"]
        event = Event.objects.get()
        assert event.key == f"user:{created['id']}"
        assert event.payload.keys() == {"scim_id", "member_id"}
        assert event.connection == directory.connection

    def test_a_new_person_without_access_is_provisioned_and_no_more(
        self, directory: Directory
    ) -> None:
        Event.objects.all().delete()

        provision(directory, active=False)

        assert names() == ["member.provisioned"]

    def test_a_member_from_before_is_linked(self, directory: Directory) -> None:
        Event.objects.all().delete()

        directory.create_user("ben@acme.example", emails=[{"value": "ben@acme.example"}])

        assert names() == ["member.linked"]

    def test_a_member_who_is_taken_over_by_being_deactivated_is_both(
        self, directory: Directory
    ) -> None:
        ben = directory.user_id("ben@acme.example")
        Event.objects.all().delete()

        directory.patch(f"/Users/{ben}", operation("replace", "active", False))

        assert names() == ["member.linked", "member.deactivated"]

    @pytest.mark.parametrize(
        ("path", "value", "expected"),
        [
            ("title", "Engineer", ["member.updated"]),
            ("emails", [{"value": "nia@new.example"}], ["member.email_changed"]),
            ("active", False, ["member.deactivated"]),
            ("userName", "nia", ["member.updated"]),
        ],
    )
    def test_a_change_is_told_by_its_kind(
        self, directory: Directory, nia: str, path: str, value: object, expected: list[str]
    ) -> None:
        directory.patch(f"/Users/{nia}", operation("replace", path, value))

        assert names() == expected

    def test_several_kinds_of_change_are_several_events(
        self, directory: Directory, nia: str
    ) -> None:
        directory.patch(
            f"/Users/{nia}",
            operation("replace", "title", "Engineer"),
            operation("replace", "active", False),
        )

        assert names() == ["member.updated", "member.deactivated"]
        assert len(set(Event.objects.values_list("correlation_id", flat=True))) == 1

    def test_a_person_who_is_back_is_reactivated(self, directory: Directory, nia: str) -> None:
        directory.put(f"/Users/{nia}", {**NIA, "active": False})
        directory.put(f"/Users/{nia}", {**NIA, "active": True})

        assert names() == ["member.deactivated", "member.reactivated"]

    def test_a_write_that_changes_nothing_is_no_event(self, directory: Directory, nia: str) -> None:
        directory.put(f"/Users/{nia}", {**NIA, "active": True})

        assert names() == []

    def test_a_person_whom_the_directory_lets_go_is_deleted(
        self, directory: Directory, nia: str
    ) -> None:
        directory.delete(f"/Users/{nia}")

        assert names() == ["member.deleted"]


class TestGroups:
    def test_a_groups_life_is_told(self, directory: Directory, nia: str) -> None:
        group = directory.create_group("Design")["id"]
        directory.patch(f"/Groups/{group}", operation("add", "members", [{"value": nia}]))
        directory.patch(f"/Groups/{group}", operation("replace", "displayName", "Designers"))
        directory.delete(f"/Groups/{group}")

        assert names() == [
            "group.created",
            "group.members_changed",
            "group.updated",
            "group.deleted",
        ]
        assert Event.objects.values_list("key").distinct().get() == (f"group:{group}",)

    def test_a_group_with_members_is_made_and_filled(self, directory: Directory, nia: str) -> None:
        directory.create_group("Design", nia)

        assert names() == ["group.created", "group.members_changed"]

    def test_a_group_from_before_is_linked(self, directory: Directory, nia: str) -> None:
        directory.create_group("Support")

        assert names() == ["group.linked"]


class TestConnections:
    def test_switching_on_and_off_is_told(self, acme: Acme) -> None:
        connection, _ = connections.enable(acme.workspace)
        connections.disable(connection)

        assert names() == [
            "connection.enabled",
            "token.created",
            "token.revoked",
            "connection.disabled",
        ]

    def test_a_token_that_has_ended_ends_once(self, directory: Directory) -> None:
        token = directory.connection.tokens.get()
        Event.objects.all().delete()

        credentials.revoke(token)
        credentials.revoke(token)

        assert names() == ["token.revoked"]
        assert Event.objects.get().payload == {"token_id": token.pk}


class TestTransactions:
    def test_what_is_rolled_back_has_not_happened(self, directory: Directory) -> None:
        Event.objects.all().delete()

        with transaction.atomic():
            record(directory.connection, [EventName.CONNECTION_ENABLED], about_connection())
            transaction.set_rollback(True)

        assert names() == []

    def test_a_refused_request_is_no_event(self, directory: Directory, nia: str) -> None:
        answer = directory.post("/Users", NIA)

        assert answer.status == 409
        assert names() == []

    def test_one_statement_writes_all_events_of_a_request(
        self, directory: Directory, django_assert_num_queries: Any
    ) -> None:
        both = [EventName.MEMBER_UPDATED, EventName.MEMBER_DEACTIVATED]
        as_requests_have_it = Connection.objects.select_related("webhook").get()

        with django_assert_num_queries(1):
            record(as_requests_have_it, both, about_connection())

    def test_a_receiver_of_the_signal_takes_part_in_the_transaction(
        self, directory: Directory
    ) -> None:
        heard: list[str] = []

        def hear(event: Event, **_: object) -> None:
            heard.append(f"{event.name} {transaction.get_connection().in_atomic_block}")

        event_recorded.connect(hear)
        try:
            provision(directory)
        finally:
            event_recorded.disconnect(hear)

        assert heard == ["member.provisioned True"]


def test_an_event_holds_nothing_personal(directory: Directory) -> None:
    provision(directory, displayName="Hidden-Name", title="Hidden-Title")

    payloads = json.dumps(list(Event.objects.values_list("payload", flat=True)))
    assert "nia" not in payloads
    assert "Hidden" not in payloads


def test_another_tenant_has_no_part_in_it(directory: Directory, globex: Globex) -> None:
    connection, _ = connections.enable(globex.workspace)
    before = connection.events.count()

    provision(directory)

    assert connection.events.count() == before
