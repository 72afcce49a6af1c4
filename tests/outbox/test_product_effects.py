"""What the product does about a directory's changes: once, twice, late, or after a crash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from scim_provisioning import connections
from scim_provisioning.models import Event, JournalEntry, Token
from scim_provisioning.outbox.delivery import deliver
from scim_provisioning.outbox.housekeeping import keep_house
from tests import people
from tests.api.client import Directory, operation
from tests.outbox.happening import deliver_now
from tests.people import Acme, Globex
from workspace import directory_effects, selectors
from workspace.models import Invitation, Member
from workspace.services.api_keys import create_api_key
from workspace.services.invitations import send_invitation
from workspace.services.members import resume_member, suspend_member
from workspace.services.timers import start_timer


def deliver_all() -> None:
    """Deliver what a request has recorded; the test's own transaction never commits."""
    for event in Event.objects.filter(done_at=None).order_by("pk"):
        deliver(event.pk)


def recipients() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


@pytest.fixture
def ben(directory: Directory) -> str:
    return directory.user_id("ben@acme.example")


def deactivate(directory: Directory, user: str) -> None:
    directory.patch(f"/Users/{user}", operation("replace", "active", False))


class TestWelcome:
    def test_a_new_person_is_told_how_to_sign_in(self, directory: Directory) -> None:
        directory.create_user("nia@acme.example", emails=[{"value": "nia@acme.example"}])

        deliver_all()

        [message] = mail.outbox
        assert message.to == ["nia@acme.example"]
        assert message.subject == "Welcome to Acme"
        assert "http://127.0.0.1:8000/password-reset/" in message.body

    def test_who_was_a_member_before_is_not_welcomed(self, directory: Directory) -> None:
        directory.create_user("ben@acme.example", emails=[{"value": "ben@acme.example"}])

        deliver_all()

        assert mail.outbox == []

    def test_who_has_to_accept_first_is_invited_once(
        self, directory: Directory, globex: Globex
    ) -> None:
        directory.create_user(globex.carol.email, emails=[{"value": globex.carol.email}])

        deliver_all()

        invited = Member.objects.get(email=globex.carol.email, workspace__slug="acme")
        directory_effects.mail_invitation(invited.pk)
        [message] = mail.outbox
        assert invited.status == Member.Status.PENDING
        assert (message.to, message.subject) == ([globex.carol.email], "Join Acme")

    def test_who_has_no_access_any_more_is_not_welcomed(self, directory: Directory) -> None:
        nia = directory.create_user("nia@acme.example", emails=[{"value": "nia@acme.example"}])
        deactivate(directory, nia["id"])

        deliver_all()

        assert mail.outbox == []


class TestAddresses:
    def test_whose_login_stays_is_told_at_the_login(self, directory: Directory, ben: str) -> None:
        moved = [{"value": "benjamin@elsewhere.example", "primary": True}]

        directory.patch(f"/Users/{ben}", operation("replace", "emails", moved))
        deliver_all()

        [message] = mail.outbox
        assert message.to == ["ben@acme.example"]
        assert "benjamin@elsewhere.example" in message.body

    def test_whose_login_follows_is_told_at_the_old_one(
        self, acme: Acme, directory: Directory, ben: str
    ) -> None:
        people.verified_domain(acme.workspace, "acme.example")
        moved = [{"value": "benjamin@acme.example", "primary": True}]

        directory.patch(f"/Users/{ben}", operation("replace", "emails", moved))
        deliver_all()

        assert people.account_of(acme.ben).email == "benjamin@acme.example"
        assert recipients() == ["ben@acme.example"]


class TestCutting:
    def test_a_running_timer_stops(self, acme: Acme, directory: Directory, ben: str) -> None:
        start_timer(member=acme.ben)

        deactivate(directory, ben)
        deliver_all()

        assert selectors.running_timer(acme.ben) is None

    def test_a_key_survives_a_deactivation_and_no_deletion(
        self, acme: Acme, directory: Directory, ben: str
    ) -> None:
        create_api_key(member=acme.ben, label="Laptop")

        deactivate(directory, ben)
        deliver_all()
        assert selectors.usable_api_keys(acme.ben).count() == 1
        directory.delete(f"/Users/{ben}")
        deliver_all()

        assert selectors.usable_api_keys(acme.ben).count() == 0

    def test_an_invitation_that_came_in_between_is_withdrawn(
        self, acme: Acme, directory: Directory, ben: str
    ) -> None:
        deactivate(directory, ben)
        send_invitation(member=acme.ben)

        deliver_all()

        assert Invitation.objects.get(member=acme.ben).cancelled_at is not None

    def test_who_is_back_by_then_is_left_alone(
        self, acme: Acme, directory: Directory, ben: str
    ) -> None:
        deactivate(directory, ben)
        directory.patch(f"/Users/{ben}", operation("replace", "active", True))
        start_timer(member=acme.ben)

        for event in Event.objects.filter(done_at=None).order_by("-pk"):
            deliver(event.pk)
        deliver_all()

        assert selectors.running_timer(acme.ben) is not None


ON_INACTIVE = (
    directory_effects.stop_running_timers,
    directory_effects.withdraw_invitations,
    directory_effects.revoke_keys,
)


class TestIdempotence:
    @pytest.mark.parametrize("effect", ON_INACTIVE, ids=lambda effect: effect.__name__)
    def test_a_second_time_changes_nothing(self, acme: Acme, effect: Callable[[int], None]) -> None:
        entry = start_timer(member=acme.ben)
        suspend_member(member=acme.ben)
        effect(acme.ben.pk)
        entry.refresh_from_db()
        stopped_at = entry.stopped_at

        effect(acme.ben.pk)

        entry.refresh_from_db()
        assert entry.stopped_at == stopped_at

    @pytest.mark.parametrize("effect", ON_INACTIVE, ids=lambda effect: effect.__name__)
    def test_who_has_access_is_left_alone(self, acme: Acme, effect: Callable[[int], None]) -> None:
        start_timer(member=acme.ben)
        create_api_key(member=acme.ben, label="Laptop")
        suspend_member(member=acme.ben)
        resume_member(member=acme.ben)

        effect(acme.ben.pk)

        assert selectors.running_timer(acme.ben) is not None
        assert selectors.usable_api_keys(acme.ben).count() == 1

    @pytest.mark.parametrize(
        "effect",
        [*ON_INACTIVE, directory_effects.welcome, directory_effects.notify_address_changed],
        ids=lambda effect: effect.__name__,
    )
    def test_who_is_gone_needs_nothing(self, db: None, effect: Callable[[int], None]) -> None:
        effect(0)

        assert mail.outbox == []

    def test_after_a_crash_it_is_done_again(
        self, acme: Acme, directory: Directory, ben: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        start_timer(member=acme.ben)
        deactivate(directory, ben)
        event = Event.objects.get(name="member.deactivated")

        with monkeypatch.context() as crashing:
            crashing.setattr("scim_provisioning.outbox.delivery._settle", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                deliver(event.pk)
        Event.objects.filter(pk=event.pk).update(lease_until=timezone.now())
        deliver_now(event)

        assert event.done_at is not None
        assert selectors.running_timer(acme.ben) is None


class TestOwners:
    def test_a_token_that_expires_is_told_to_the_owners_alone(
        self, acme: Acme, directory: Directory
    ) -> None:
        Token.objects.update(
            created_at=timezone.now() - timedelta(days=365),
            expires_at=timezone.now() + timedelta(days=6),
        )

        keep_house()
        deliver_all()

        [message] = mail.outbox
        assert message.to == [acme.olivia.email]
        assert message.subject == "A token of your directory expires in 7 days (Acme)"
        assert "http://127.0.0.1:8000/workspaces/acme/settings/scim/" in message.body

    def test_refused_changes_come_in_one_mail_a_day(
        self, acme: Acme, directory: Directory, globex: Globex
    ) -> None:
        connections.enable(globex.workspace)
        for _ in range(3):
            JournalEntry.objects.create(
                connection=directory.connection, operation="post", status=409
            )

        for _ in range(2):
            keep_house()
            deliver_all()

        assert recipients() == [acme.olivia.email]
        assert mail.outbox[0].subject == "Changes from your directory were refused (Acme)"
