"""Access that was cut is gone with the next request: session, API key and reset link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests import people
from tests.people import Acme, Globex
from tests.workspace.browsing import signed_in, with_key
from workspace.models import Member, User
from workspace.services import api_keys, members, members_by_hand
from workspace.tokens import reset_tokens

CUTS: list[Callable[[Acme], object]] = [
    lambda acme: members.suspend_member(member=acme.ben),
    lambda acme: members.remove_member(member=acme.ben),
    lambda acme: members_by_hand.block_member(member=acme.ben, by=acme.olivia),
    lambda acme: User.objects.filter(email=acme.ben.email).update(is_active=False),
]


def program_of(member: Member) -> Client:
    return with_key(api_keys.create_api_key(member=member, label="Script").secret)


@pytest.mark.parametrize("cut", CUTS)
def test_a_session_opens_no_page_any_more(acme: Acme, cut: Callable[[Acme], object]) -> None:
    browser = signed_in(acme.ben)
    before = browser.get("/workspaces/acme/members/").status_code

    cut(acme)

    assert before == 200
    assert browser.get("/workspaces/acme/members/").status_code in {302, 403}


@pytest.mark.parametrize("cut", CUTS)
def test_a_session_opens_no_api_any_more(acme: Acme, cut: Callable[[Acme], object]) -> None:
    browser = signed_in(acme.ben)
    before = browser.get("/api/me?workspace=acme").status_code

    cut(acme)

    assert before == 200
    assert browser.get("/api/me?workspace=acme").status_code in {401, 403}


@pytest.mark.parametrize("cut", CUTS)
def test_an_api_key_opens_nothing_any_more(acme: Acme, cut: Callable[[Acme], object]) -> None:
    program = program_of(acme.ben)
    before = program.get("/api/me").status_code

    cut(acme)

    answer = program.get("/api/me")
    assert before == 200
    assert answer.status_code == 401
    assert answer.json() == {"detail": "This API key is not valid, or not any more."}


def test_a_suspended_persons_key_works_again_once_resumed(acme: Acme) -> None:
    program = program_of(acme.ben)
    members.suspend_member(member=acme.ben)

    members.resume_member(member=acme.ben)

    assert program.get("/api/me").status_code == 200


def test_a_removed_persons_key_stays_dead_once_back(acme: Acme) -> None:
    program = program_of(acme.ben)
    members.remove_member(member=acme.ben)

    members.resume_member(member=acme.ben)

    assert program.get("/api/me").status_code == 401


def test_other_workspaces_of_the_person_stay_open(acme: Acme, globex: Globex) -> None:
    Member.objects.create(workspace=globex.workspace, user=acme.ben.user, name="Ben")
    browser = signed_in(acme.ben)

    members.suspend_member(member=acme.ben)

    assert browser.get("/api/me").json()["workspace"]["slug"] == "globex"


def test_a_changed_login_ends_sessions_and_reset_links(acme: Acme) -> None:
    nia = members.provision_member(
        workspace=acme.workspace, name="Nia", email="nia@new.example"
    ).member
    browser, link = signed_in(nia), reset_tokens.make_token(people.account_of(nia))

    members.update_member(member=nia, email="nia@newer.example")

    assert browser.get("/workspaces/acme/members/").status_code == 302
    assert not reset_tokens.check_token(people.account_of(nia), link)
