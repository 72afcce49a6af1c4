"""Every way into a workspace, and every way in which a directory says that it ends.

Must not know what is expected of either. A way in is tried whole: it answers whether the
workspace opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests import people
from tests.api.client import Answer, Directory, operation
from tests.workspace.browsing import signed_in, with_key
from workspace.models import Member
from workspace.services import api_keys, members_by_hand, timers
from workspace.tokens import invitation_token, reset_tokens

PAGE = "/workspaces/acme/members/"
NEW_PASSWORD = "a password of their own choice"
DEACTIVATION = {"Operations": [operation("replace", "active", False)]}


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """A credential that somebody holds."""

    holder: Member
    opens: Callable[[], bool]


def session(acme: people.Acme) -> WayIn:
    browser = signed_in(acme.ben)
    return WayIn(holder=acme.ben, opens=lambda: _opens(browser, PAGE))


def session_at_the_api(acme: people.Acme) -> WayIn:
    browser = signed_in(acme.ben)
    return WayIn(holder=acme.ben, opens=lambda: _opens(browser, "/api/me?workspace=acme"))


def api_key(acme: people.Acme) -> WayIn:
    program = with_key(api_keys.create_api_key(member=acme.ben, label="laptop").secret)
    return WayIn(holder=acme.ben, opens=lambda: _opens(program, "/api/me"))


def running_timer(acme: people.Acme) -> WayIn:
    program = with_key(api_keys.create_api_key(member=acme.ben, label="laptop").secret)
    timers.start_timer(member=acme.ben)
    return WayIn(holder=acme.ben, opens=lambda: program.post("/api/timer/stop").status_code == 200)


def invitation(acme: people.Acme) -> WayIn:
    """An invitation of somebody who has an account."""
    account = people.account("Nia New", domain="new.example")
    pending = _invited(acme, account.email)
    browser, link = Client(), invitation_link(pending)
    browser.force_login(account)

    def opens() -> bool:
        browser.post(link)
        return _opens(browser, PAGE)

    return WayIn(holder=pending, opens=opens)


def invitation_of_a_newcomer(acme: people.Acme) -> WayIn:
    """An invitation of somebody who makes an account by accepting it."""
    pending = _invited(acme, "nia@new.example")

    def opens() -> bool:
        browser = Client()
        browser.post(invitation_link(pending), _twice(NEW_PASSWORD))
        return _opens(browser, PAGE)

    return WayIn(holder=pending, opens=opens)


def reset_link(acme: people.Acme) -> WayIn:
    account = people.account_of(acme.ben)
    who = urlsafe_base64_encode(force_bytes(account.pk))
    link = f"/password-reset/{who}/{reset_tokens.make_token(account)}/"

    def opens() -> bool:
        browser = Client()
        form = browser.get(link, follow=True)
        browser.post(form.request["PATH_INFO"], _twice(NEW_PASSWORD))
        browser.post("/sign-in/", {"username": account.email, "password": NEW_PASSWORD})
        return _opens(browser, PAGE)

    return WayIn(holder=acme.ben, opens=opens)


def password(acme: people.Acme) -> WayIn:
    def opens() -> bool:
        browser = Client()
        browser.post("/sign-in/", {"username": acme.ben.email, "password": people.PASSWORD})
        return _opens(browser, PAGE)

    return WayIn(holder=acme.ben, opens=opens)


WAYS_IN: Mapping[str, Callable[[people.Acme], WayIn]] = {
    each.__name__: each
    for each in (
        session,
        session_at_the_api,
        api_key,
        running_timer,
        invitation,
        invitation_of_a_newcomer,
        reset_link,
        password,
    )
}

Seam = Callable[[Directory, str, str], Answer]
"""Given the directory, the person's SCIM id and address."""

SEAMS: Mapping[str, Seam] = {
    "PATCH with a path": lambda directory, id, _: directory.patch(
        f"/Users/{id}", operation("replace", "active", False)
    ),
    "PATCH without a path": lambda directory, id, _: directory.patch(
        f"/Users/{id}", operation("replace", value={"active": False})
    ),
    "PATCH with text": lambda directory, id, _: directory.patch(
        f"/Users/{id}", operation("Replace", "active", "False")
    ),
    "PUT": lambda directory, id, email: directory.put(f"/Users/{id}", _inactive(email, False)),
    "PUT with text": lambda directory, id, email: directory.put(
        f"/Users/{id}", _inactive(email, "False")
    ),
    "POST on adoption": lambda directory, _, email: directory.post(
        "/Users", _inactive(email, False)
    ),
    "DELETE": lambda directory, id, _: directory.delete(f"/Users/{id}"),
    "Bulk PATCH": lambda directory, id, _: _in_bulk(
        directory, method="PATCH", path=f"/Users/{id}", data=DEACTIVATION
    ),
    "Bulk DELETE": lambda directory, id, _: _in_bulk(
        directory, method="DELETE", path=f"/Users/{id}"
    ),
}


def _inactive(email: str, active: object) -> dict[str, Any]:
    return {"userName": email, "emails": [{"value": email}], "active": active}


def _in_bulk(directory: Directory, **one: object) -> Answer:
    """Give the answer to the one operation, as if it had been asked alone."""
    [result] = directory.bulk(one).body["Operations"]
    return Answer(status=int(result["status"]), headers={}, body=result.get("response"))


def _invited(acme: people.Acme, email: str) -> Member:
    return members_by_hand.invite_member(
        workspace=acme.workspace, name="Nia New", email=email, role="MEMBER", by=acme.olivia
    )


def invitation_link(member: Member) -> str:
    return f"/invitations/{invitation_token(member.invitations.get().pk)}/"


def _twice(password: str) -> dict[str, str]:
    return {"new_password1": password, "new_password2": password}


def _opens(client: Client, path: str) -> bool:
    return client.get(path).status_code == 200
