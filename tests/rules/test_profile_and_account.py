"""The member follows the directory at once; the shared account only under authority."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests import people
from tests.api.client import Directory, operation
from tests.rules.reading import last_notes, member_with, stored
from tests.workspace.browsing import signed_in
from workspace.models import Member, User
from workspace.tokens import reset_tokens

EMAIL = 'emails[type eq "work"].value'


def replaced(path: str, value: object) -> dict[str, object]:
    return operation("replace", path, value)


@pytest.fixture
def ben(directory: Directory) -> str:
    return f"/Users/{directory.user_id('ben@acme.example')}"


@pytest.fixture
def nia(directory: Directory) -> str:
    """Somebody whose account this directory made."""
    created = directory.create_user(
        "nia@new.example",
        displayName="Nia New",
        emails=[{"value": "nia@new.example", "type": "work", "primary": True}],
    )
    return f"/Users/{created['id']}"


class TestTheMember:
    def test_name_and_address_change_with_the_answer(
        self, directory: Directory, acme: people.Acme, ben: str
    ) -> None:
        directory.patch(
            ben, replaced("displayName", "Benjamin"), replaced(EMAIL, "benjamin@acme.example")
        )

        after = stored(acme.ben)
        assert (after.name, after.email) == ("Benjamin", "benjamin@acme.example")

    def test_a_user_name_is_the_address_of_who_has_no_other(self, directory: Directory) -> None:
        fay = directory.create_user("fay@new.example")

        directory.patch(f"/Users/{fay['id']}", replaced("userName", "fay@newer.example"))

        assert member_with("fay@newer.example").status == Member.Status.ACTIVE

    def test_an_address_wins_over_the_user_name(self, directory: Directory, nia: str) -> None:
        directory.patch(nia, replaced("userName", "nia@login.example"))

        assert User.objects.filter(email="nia@new.example").exists()
        assert directory.get(nia).body["userName"] == "nia@login.example"

    def test_whom_the_directory_gives_no_name_keeps_the_one_they_have(
        self, directory: Directory, acme: people.Acme
    ) -> None:
        directory.post("/Users", {"userName": "ben@acme.example"})

        assert stored(acme.ben).name == "Ben Member"

    def test_who_is_called_by_the_user_name_is_renamed_with_it(self, directory: Directory) -> None:
        fay = directory.create_user("fay@new.example")

        directory.patch(f"/Users/{fay['id']}", replaced("userName", "fay@newer.example"))

        assert member_with("fay@newer.example").name == "fay@newer.example"

    def test_a_colleagues_address_is_refused_without_naming_anybody(
        self, directory: Directory, acme: people.Acme, ben: str
    ) -> None:
        answer = directory.patch(
            ben, replaced("displayName", "Benjamin"), replaced(EMAIL, "mia@acme.example")
        )

        assert answer.outcome == (409, "uniqueness")
        assert answer.body["detail"].startswith("emails: ")
        assert "mia" not in answer.body["detail"].lower()
        assert stored(acme.ben).name == "Ben Member"


class TestTheAccount:
    def test_without_authority_it_stays(
        self, directory: Directory, acme: people.Acme, ben: str
    ) -> None:
        directory.patch(ben, replaced("displayName", "Mallory"), replaced(EMAIL, "m@evil.example"))

        account = people.account_of(acme.ben)
        assert (account.name, account.email) == ("Ben Member", "ben@acme.example")
        assert "this workspace is not its authority" in last_notes(directory)

    def test_under_a_verified_domain_it_follows(
        self, directory: Directory, acme: people.Acme, ben: str
    ) -> None:
        people.verified_domain(acme.workspace, "acme.example")

        directory.patch(
            ben, replaced("displayName", "Benjamin"), replaced(EMAIL, "benjamin@acme.example")
        )

        account = people.account_of(acme.ben)
        assert (account.name, account.email) == ("Benjamin", "benjamin@acme.example")

    def test_one_that_the_directory_made_follows(self, directory: Directory, nia: str) -> None:
        directory.patch(nia, replaced(EMAIL, "nia@newer.example"))

        assert member_with("nia@newer.example").user == User.objects.get(email="nia@newer.example")

    def test_one_that_is_shared_meanwhile_stays(
        self, directory: Directory, globex: people.Globex, nia: str
    ) -> None:
        account = User.objects.get(email="nia@new.example")
        Member.objects.create(workspace=globex.workspace, user=account, name="Nia")

        directory.patch(nia, replaced(EMAIL, "mallory@evil.example"))

        assert User.objects.get(pk=account.pk).email == "nia@new.example"


class TestAChangedLogin:
    def test_sessions_and_reset_links_end(self, directory: Directory, nia: str) -> None:
        member = member_with("nia@new.example")
        browser, link = signed_in(member), reset_tokens.make_token(people.account_of(member))
        before = browser.get("/workspaces/acme/profile/").status_code

        directory.patch(nia, replaced(EMAIL, "nia@newer.example"))

        assert before == 200
        assert browser.get("/workspaces/acme/profile/").status_code == 302
        assert not reset_tokens.check_token(people.account_of(member), link)

    def test_the_old_address_is_told(
        self,
        directory: Directory,
        nia: str,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            directory.patch(nia, replaced(EMAIL, "nia@newer.example"))

        assert [message.to for message in mail.outbox] == [["nia@new.example"]]


class TestWhatGivesNothing:
    @pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH"])
    def test_a_password_is_ignored(self, directory: Directory, nia: str, verb: str) -> None:
        body = {"userName": "zoe@new.example", "password": "chosen by the directory"}
        answers = {
            "POST": lambda: directory.post("/Users", body),
            "PUT": lambda: directory.put(nia, {**body, "userName": "nia@new.example"}),
            "PATCH": lambda: directory.patch(nia, replaced("password", body["password"])),
        }

        answer = answers[verb]()

        assert answer.status in {200, 201}
        assert "password" not in answer.body
        assert not User.objects.get(email=answer.body["userName"]).has_usable_password()

    def test_a_known_password_still_opens_the_account(
        self, directory: Directory, acme: people.Acme, ben: str
    ) -> None:
        people.verified_domain(acme.workspace, "acme.example")

        directory.patch(ben, replaced("password", "chosen by the directory"))

        assert people.account_of(acme.ben).check_password(people.PASSWORD)

    @pytest.mark.parametrize("attribute", ["roles", "entitlements", "userType"])
    def test_no_attribute_gives_a_role(
        self, directory: Directory, acme: people.Acme, ben: str, attribute: str
    ) -> None:
        value: Any = "OWNER" if attribute == "userType" else [{"value": "OWNER", "primary": True}]

        answer = directory.patch(ben, operation("add", attribute, value))

        after = stored(acme.ben)
        assert answer.body[attribute] == value
        assert (after.role, people.account_of(after).is_staff) == ("MEMBER", False)

    def test_removed_roles_take_no_role(self, directory: Directory, acme: people.Acme) -> None:
        adam = f"/Users/{directory.user_id('adam@acme.example')}"

        directory.patch(adam, operation("replace", "roles", [{"value": "reader"}]))
        directory.patch(adam, operation("remove", "roles"))

        assert stored(acme.adam).role == Member.Role.ADMIN
