"""Signing in, and the link that sets a password."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client

from tests import people
from tests.people import Acme
from workspace.services.members import provision_member


def mailed_path() -> str:
    link = re.search(r"http\S+", str(mail.outbox[-1].body))
    assert link is not None
    return "/" + link[0].split("/", 3)[3]


def test_the_address_is_a_login_in_any_case(acme: Acme) -> None:
    answer = Client().post(
        "/sign-in/", {"username": "BEN@Acme.Example", "password": people.PASSWORD}
    )

    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_a_wrong_password_is_not(acme: Acme) -> None:
    answer = Client().post("/sign-in/", {"username": acme.ben.email, "password": "wrong"})

    assert answer.status_code == 200


def test_signing_out_ends_the_session(acme: Acme) -> None:
    browser = Client()
    browser.force_login(people.account_of(acme.ben))

    browser.post("/sign-out/")

    assert browser.get("/").status_code == 302


def test_somebody_whom_a_directory_added_sets_a_first_password(acme: Acme) -> None:
    nia = provision_member(workspace=acme.workspace, name="Nia", email="nia@new.example").member
    browser = Client()

    browser.post("/password-reset/", {"email": "NIA@new.example"})
    form = browser.get(mailed_path(), follow=True)
    browser.post(
        form.request["PATH_INFO"],
        {"new_password1": people.PASSWORD, "new_password2": people.PASSWORD},
    )

    assert people.account_of(nia).check_password(people.PASSWORD)


def test_the_link_names_the_products_address_and_not_the_askers(acme: Acme) -> None:
    Client(headers={"host": "127.0.0.1"}).post("/password-reset/", {"email": acme.ben.email})

    assert "http://127.0.0.1:8000/password-reset/" in str(mail.outbox[0].body)


def test_an_unknown_address_gets_no_mail_and_the_same_answer(acme: Acme) -> None:
    answer = Client().post("/password-reset/", {"email": "nobody@acme.example"})

    assert answer["Location"] == "/password-reset/sent/"
    assert mail.outbox == []
