"""What owners decide is in the journal, with who did; so is what was called at a shell."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from scim_provisioning.journal import Decision
from scim_provisioning.models import Connection, Event, JournalEntry, Token, Webhook
from scim_provisioning.webhooks import subscriptions
from tests import people
from tests.console.conftest import PAGE
from tests.console.directory import Directory
from tests.webhooks.receiver import Receiver
from workspace.services import timezones

ACTIVITY = f"{PAGE}activity/"
OLIVIA = "olivia@acme.example"


def deeds(client: Client, query: str = "?kind=decisions") -> list[Any]:
    return list(client.get(f"{ACTIVITY}{query}").context["page"].deeds)


def told(client: Client) -> list[tuple[str, str, str, str]]:
    return [(deed.what, deed.whom, deed.transitions, deed.by) for deed in deeds(client)]


def push(directory: Directory, name: str) -> str:
    return str(directory.send("POST", "/Groups", {"displayName": name}).json()["id"])


class TestSwitching:
    def test_enabling_names_the_token_and_the_choice(self, owner: Client) -> None:
        owner.post(f"{PAGE}enable/", {"group_policy": "ARCHIVE"})

        token = str(Token.objects.get())
        assert told(owner) == [
            ("Enable provisioning", token, "groups from before: adopt by name → archive", OLIVIA)
        ]

    def test_disabling_is_told(self, owner: Client, connection: Connection) -> None:
        owner.post(f"{PAGE}disable/", {"name": "Acme"})

        assert told(owner) == [("Disable provisioning", "", "", OLIVIA)]


class TestWebhook:
    def test_what_an_owner_does_with_it_is_told(
        self, owner: Client, connection: Connection, receiver: Receiver
    ) -> None:
        owner.post(f"{PAGE}webhook/address/", {"url": receiver.url})
        key_id = Webhook.objects.get().key_id
        owner.post(f"{PAGE}webhook/rotate/", {"key_id": key_id, "old_one_leaves_after": "7"})
        owner.post(f"{PAGE}webhook/remove/")

        assert told(owner) == [
            ("Remove webhook", "", "", OLIVIA),
            ("Change key of webhook", "", "", OLIVIA),
            ("Set webhook", "", "", OLIVIA),
        ]


class TestTokens:
    @pytest.mark.parametrize(
        ("old_one", "rows"),
        [("", ["Set end of token"]), ("0", ["Revoke token"]), ("1", ["Set end of token"])],
    )
    def test_a_rotation_names_both_tokens(
        self, old_one: str, rows: list[str], owner: Client, connection: Connection
    ) -> None:
        old = connection.tokens.get()

        owner.post(f"{PAGE}tokens/", {"newest_token": old.pk, "old_one_ends_after": old_one})

        new = connection.tokens.latest("id")
        expected = [(row, str(old), "", OLIVIA) for row in rows]
        assert told(owner) == [*expected, ("Create token", str(new), "", OLIVIA)]

    def test_a_token_that_ends_sooner_by_itself_was_given_no_end(
        self, owner: Client, connection: Connection
    ) -> None:
        connection.tokens.update(expires_at=timezone.now() + timedelta(days=2))

        owner.post(f"{PAGE}tokens/", {"newest_token": connection.tokens.get().pk})

        assert [line[0] for line in told(owner)] == ["Create token"]

    def test_a_revocation_names_the_token(self, owner: Client, connection: Connection) -> None:
        token = connection.tokens.get()

        owner.post(f"{PAGE}tokens/{token.pk}/revoke/")

        assert told(owner) == [("Revoke token", str(token), "", OLIVIA)]

    def test_what_is_refused_is_not_told(self, owner: Client, connection: Connection) -> None:
        owner.post(f"{PAGE}tokens/", {"newest_token": 0})

        assert told(owner) == []


class TestPeopleAndGroups:
    def test_a_role_is_told_before_and_after(self, owner: Client, directory: Directory) -> None:
        group = push(directory, "Leads")

        for role in ("ADMIN", ""):
            owner.post(f"{PAGE}groups/{group}/role/", {"role": role})

        assert told(owner) == [
            ("Choose role of group", "Leads", "role: admin → none", OLIVIA),
            ("Choose role of group", "Leads", "role: admin", OLIVIA),
        ]

    def test_an_adoption_undone_is_told(self, owner: Client, directory: Directory) -> None:
        group = push(directory, "Engineering")

        owner.post(f"{PAGE}groups/{group}/undo-adoption/")

        assert told(owner) == [("Undo adoption of group", "Engineering", "", OLIVIA)]

    def test_a_group_that_is_back_is_told(
        self, owner: Client, directory: Directory, acme: people.Acme
    ) -> None:
        support = directory.connection.group_links.get(group=acme.support)
        owner.post(f"{PAGE}groups/policy/", {"group_policy": "ARCHIVE"})

        owner.post(f"{PAGE}groups/{support.scim_id}/restore/")

        policy = "groups from before: adopt by name → archive"
        assert [line[0] for line in told(owner)] == [
            "Restore group",
            "Choose for groups from before",
        ]
        assert told(owner)[1] == ("Choose for groups from before", "", policy, OLIVIA)

    def test_an_attribute_handed_back_is_in_the_persons_timeline(
        self, owner: Client, directory: Directory
    ) -> None:
        zoe = directory.add("zoe@acme.example", timezone="Europe/Berlin")
        link = directory.connection.user_links.get(scim_id=zoe)
        timezones.set_timezone(member=link.member, timezone="Asia/Tokyo")

        owner.post(f"{PAGE}people/{zoe}/hand-back/", {"attribute": "timezone"})

        [deed] = deeds(owner)
        timeline = owner.get(f"{PAGE}people/{zoe}/").context["moments"]
        assert (deed.what, deed.changed, deed.by) == ("Hand back attribute", "timezone", OLIVIA)
        assert [moment.deed.what for moment in timeline] == ["Hand back attribute", "Add person"]


class TestAtAShell:
    def test_what_is_enabled_names_the_command(self, owner: Client) -> None:
        for _ in range(2):
            call_command("scim_enable", "acme", stdout=StringIO())

        first, second = Token.objects.order_by("pk")
        assert [(deed.what, deed.whom, deed.provider, deed.by) for deed in deeds(owner)] == [
            ("Create token", str(second), "manage.py scim_enable", ""),
            ("Enable provisioning", str(first), "manage.py scim_enable", ""),
        ]

    def test_a_token_too_many_is_not_told(self, owner: Client, connection: Connection) -> None:
        call_command("scim_enable", "acme", stdout=StringIO())

        with pytest.raises(CommandError):
            call_command("scim_enable", "acme", stdout=StringIO())

        assert len(deeds(owner)) == 1

    def test_a_webhook_is_told_and_its_address_is_not(
        self, owner: Client, connection: Connection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(subscriptions, "resolve", lambda host, port: [])

        for arguments in (["--url", "https://x.example/secret"], ["--rotate-key"], ["--remove"]):
            call_command("scim_webhook", "acme", *arguments, stdout=StringIO())
        call_command("scim_webhook", "acme", "--remove", stdout=StringIO())

        assert [deed.what for deed in deeds(owner)] == [
            "Remove webhook",
            "Change key of webhook",
            "Set webhook",
        ]
        assert "secret" not in repr(list(JournalEntry.objects.values()))


class TestWhoDidIt:
    def test_the_row_has_the_key_of_the_account_and_nothing_more_of_the_person(
        self, owner: Client, connection: Connection, acme: people.Acme
    ) -> None:
        owner.post(f"{PAGE}disable/", {"name": "Acme"})

        row = JournalEntry.objects.values().get()
        assert row["actor_id"] == people.account_of(acme.olivia).pk
        assert (row["address"], row["user_agent"]) == (None, "")
        assert "livia" not in repr(row)

    def test_a_row_outlives_the_account(
        self, owner: Client, connection: Connection, acme: people.Acme, globex: people.Globex
    ) -> None:
        JournalEntry.objects.create(
            connection=connection,
            operation=Decision.DISABLE,
            status=200,
            actor=people.account_of(globex.carol),
        )
        globex.workspace.delete()
        people.account_of(globex.carol).delete()

        assert told(owner) == [("Disable provisioning", "", "", "")]

    def test_events_have_the_id_of_their_decision(
        self, owner: Client, connection: Connection
    ) -> None:
        owner.post(f"{PAGE}disable/", {"name": "Acme"})

        entry = JournalEntry.objects.get()
        event = Event.objects.get(name="connection.disabled")
        assert event.correlation_id == entry.correlation_id

    def test_the_json_api_and_the_files_tell_it(
        self, owner: Client, connection: Connection
    ) -> None:
        token = connection.tokens.get()
        owner.post(f"{PAGE}api/tokens/{token.pk}/revoke/", {}, content_type="application/json")

        [answered] = owner.get(f"{PAGE}api/activity/?kind=decisions").json()["deeds"]
        [exported] = json.loads(sent(owner.get(f"{PAGE}activity.json")))
        [row] = csv.DictReader(StringIO(sent(owner.get(f"{PAGE}activity.csv"))))
        for one in (answered, exported, row):
            assert (one["what"], one["whom"], one["by"]) == ("Revoke token", str(token), OLIVIA)

    def test_it_is_told_in_german(
        self, owner: Client, connection: Connection, settings: Settings
    ) -> None:
        owner.post(f"{PAGE}groups/policy/", {"group_policy": "KEEP_APART"})
        settings.LANGUAGE_CODE = "de"

        page = owner.get(ACTIVITY).content.decode()

        assert "Wahl für Gruppen von vorher" in page
        assert "Gruppen von vorher: " in page
        assert "keep" not in page.lower()


class TestAtACost:
    def test_names_cost_the_same_for_any_number_of_decisions(
        self, owner: Client, connection: Connection, acme: people.Acme
    ) -> None:
        def decide(number: int) -> int:
            for _ in range(number):
                JournalEntry.objects.create(
                    connection=connection,
                    operation=Decision.MAKE_TOKEN,
                    resource_type="Token",
                    token=connection.tokens.get(),
                    actor=people.account_of(acme.olivia),
                    status=200,
                )
            with CaptureQueriesContext(database) as queries:
                owner.get(ACTIVITY)
            return len(queries)

        assert decide(1) == decide(20)

    def test_no_decision_counts_as_the_directorys_work(
        self, owner: Client, connection: Connection
    ) -> None:
        owner.post(f"{PAGE}groups/policy/", {"group_policy": "ARCHIVE"})

        health = owner.get(PAGE).context["overview"].health
        assert (health.condition, health.requests_today) == ("never-used", 0)
        assert (health.changes_today, health.last_request_at) == (0, None)


def test_another_workspace_sees_none_of_it(
    owner: Client, connection: Connection, globex: people.Globex, sign_in: Any
) -> None:
    call_command("scim_enable", "globex", stdout=StringIO())
    owner.post(f"{PAGE}disable/", {"name": "Acme"})

    page = sign_in(globex.carol).get("/workspaces/globex/settings/scim/activity/")

    assert [deed.what for deed in page.context["page"].deeds] == ["Enable provisioning"]
    assert OLIVIA not in page.content.decode()


def sent(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()
