"""Attacks and accidents that others had, played again here."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from tests import people
from tests.api.client import Answer, Directory, operation
from tests.rules.racing import at_once
from tests.rules.reading import last_notes, member_with, stored
from workspace.models import Member, User

EMAIL = 'emails[type eq "work"].value'
BEN = "ben@acme.example"
MALLORY = "mallory@globex.example"


def asked_for_a_reset(email: str) -> list[str]:
    """Ask for a reset link; return whom it was mailed to."""
    mail.outbox.clear()
    Client().post("/password-reset/", {"email": email})
    return [recipient for message in mail.outbox for recipient in message.to]


def account(email: str) -> User:
    return User.objects.get(email=email)


class TestGitLabCve20221680:
    """A directory adopts an account by its address, changes the address, resets the password."""

    @pytest.fixture
    def invited(self, globex_directory: Directory, acme: people.Acme) -> str:
        """Ben in Mallory's workspace: a stranger's account, so only invited."""
        return f"/Users/{globex_directory.create_user(BEN)['id']}"

    @pytest.fixture
    def joined(self, globex: people.Globex, acme: people.Acme) -> Member:
        """Ben in Mallory's workspace of his own will."""
        return Member.objects.create(
            workspace=globex.workspace, user=acme.ben.user, name="Ben", email=BEN, email_key=BEN
        )

    def test_an_invited_persons_new_address_is_another_account(
        self, globex_directory: Directory, acme: people.Acme, invited: str
    ) -> None:
        globex_directory.patch(invited, operation("replace", "userName", MALLORY))

        ben = people.account_of(acme.ben)
        assert (ben.email, ben.check_password(people.PASSWORD)) == (BEN, True)
        assert account(MALLORY) != ben

    @pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH"])
    def test_an_adopted_members_account_keeps_its_address(
        self, joined: Member, globex_directory: Directory, acme: people.Acme, verb: str
    ) -> None:
        adopted = f"/Users/{globex_directory.user_id(BEN)}"
        body = {"userName": BEN, "emails": [{"value": MALLORY, "primary": True}]}
        if verb == "POST":
            globex_directory.post("/Users", body)
        elif verb == "PUT":
            globex_directory.put(adopted, body)
        else:
            globex_directory.patch(adopted, operation("replace", EMAIL, MALLORY))

        assert stored(joined).email == MALLORY
        assert people.account_of(acme.ben).email == BEN
        assert asked_for_a_reset(MALLORY) == []
        assert asked_for_a_reset(BEN) == [BEN]


class TestGrafanaCve202541115:
    """A numeric externalId was taken for an internal id."""

    @pytest.fixture(params=["member", "user"])
    def internal_id(self, request: pytest.FixtureRequest, acme: people.Acme) -> str:
        """The owner's own key, in either table."""
        return str({"member": acme.olivia.pk, "user": acme.olivia.user_id}[request.param])

    def test_it_is_a_text_like_any_other(self, directory: Directory, internal_id: str) -> None:
        zoe = directory.create_user("zoe@new.example", externalId=internal_id)

        found = directory.find("/Users", f'externalId eq "{internal_id}"')
        member = member_with("zoe@new.example")
        assert [each["id"] for each in found] == [zoe["id"]]
        assert (member.role, member.user == account("olivia@acme.example")) == ("MEMBER", False)

    def test_it_changes_nobody_elses_resource(
        self, directory: Directory, acme: people.Acme, internal_id: str
    ) -> None:
        directory.create_user("zoe@new.example", externalId=internal_id)

        [olivia] = directory.find("/Users", 'userName eq "olivia@acme.example"')
        assert "externalId" not in olivia
        assert stored(acme.olivia).name == "Olivia Owner"

    def test_it_opens_no_resource(self, directory: Directory, internal_id: str) -> None:
        directory.create_user("zoe@new.example", externalId=internal_id)
        support = directory.group_id("Support")

        answers: list[Answer] = [
            directory.get(f"/Users/{internal_id}"),
            directory.delete(f"/Users/{internal_id}"),
            directory.patch(
                f"/Groups/{support}", operation("add", "members", [{"value": internal_id}])
            ),
        ]

        assert [each.status for each in answers] == [404, 404, 400]


class TestPostHogPullRequest52372:
    """An address was moved out of the domain that had been verified."""

    @pytest.fixture
    def ben(self, directory: Directory, acme: people.Acme) -> str:
        people.verified_domain(acme.workspace, "acme.example")
        return f"/Users/{directory.user_id(BEN)}"

    @pytest.mark.parametrize("email", ["carol@globex.example", "ben@free-mail.example"])
    def test_the_account_does_not_leave_the_domain(
        self,
        directory: Directory,
        acme: people.Acme,
        globex: people.Globex,
        ben: str,
        email: str,
    ) -> None:
        answer = directory.patch(ben, operation("replace", EMAIL, email))

        assert answer.status == 200
        assert stored(acme.ben).email == email
        assert people.account_of(acme.ben).email == BEN
        assert people.account_of(globex.carol).email == "carol@globex.example"
        assert "this workspace is not its authority" in last_notes(directory)

    def test_it_moves_between_domains_that_are_both_verified(
        self, directory: Directory, acme: people.Acme, ben: str
    ) -> None:
        people.verified_domain(acme.workspace, "acme.test")

        directory.patch(ben, operation("replace", EMAIL, "ben@acme.test"))

        assert people.account_of(acme.ben).email == "ben@acme.test"


class TestCisoAssistantPullRequest4658:
    """Adopt, rewrite the address, reset the password: the product's owner was next."""

    def test_the_owners_account_is_nobodys(self, directory: Directory, acme: people.Acme) -> None:
        directory.post(
            "/Users",
            {
                "userName": "olivia@acme.example",
                "password": "chosen by the directory",
                "emails": [{"value": "olivia@acme.example", "type": "work"}],
            },
        )
        olivia = f"/Users/{directory.user_id('olivia@acme.example')}"

        directory.patch(olivia, operation("replace", EMAIL, MALLORY))

        owner = people.account_of(acme.olivia)
        assert (owner.email, owner.check_password(people.PASSWORD)) == ("olivia@acme.example", True)
        assert asked_for_a_reset(MALLORY) == []
        assert asked_for_a_reset("olivia@acme.example") == ["olivia@acme.example"]

    def test_an_account_made_under_a_strangers_domain_enters_without_its_password(
        self,
        globex_directory: Directory,
        directory: Directory,
        acme: people.Acme,
    ) -> None:
        """Mallory makes the account first, chooses its password, and waits for its owner."""
        created = globex_directory.create_user("ceo@acme.example")
        ceo = account("ceo@acme.example")
        ceo.set_password("chosen by Mallory")
        ceo.save()
        people.verified_domain(acme.workspace, "acme.example")

        directory.create_user("ceo@acme.example")
        globex_directory.patch(f"/Users/{created['id']}", operation("replace", "userName", MALLORY))

        after = account("ceo@acme.example")
        assert after == ceo
        assert not after.has_usable_password()
        assert after.session_epoch > ceo.session_epoch


@pytest.mark.django_db(transaction=True)
class TestFleet50724:
    """A stale read and an unlocked write emptied a group."""

    def test_people_who_join_at_once_all_join(self, directory: Directory) -> None:
        users = [directory.create_user(f"user-{number}")["id"] for number in range(8)]
        group = f"/Groups/{directory.create_group('Pilots')['id']}"

        at_once(*(_patch(directory, group, "add", user) for user in users))

        assert directory.member_ids(group.removeprefix("/Groups/")) == set(users)

    def test_who_joins_while_others_leave_is_not_lost(self, directory: Directory) -> None:
        users = [directory.create_user(f"user-{number}")["id"] for number in range(8)]
        staying, leaving, joining = users[:2], users[2:5], users[5:]
        created = directory.create_group("Pilots", *staying, *leaving)
        group = f"/Groups/{created['id']}"

        answers = at_once(
            *(_patch(directory, group, "remove", user) for user in leaving),
            *(_patch(directory, group, "add", user) for user in joining),
            lambda: directory.patch(group, operation("replace", "displayName", "Crew")),
        )

        assert {answer.status for answer in answers} == {204}
        assert directory.member_ids(created["id"]) == {*staying, *joining}
        assert directory.get(group).body["displayName"] == "Crew"


def _patch(directory: Directory, group: str, verb: str, user: str) -> Callable[[], Answer]:
    return lambda: directory.patch(group, operation(verb, "members", [{"value": user}]))
