"""Owners alone may enter: every role, address and method."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from pytest_django import Settings

from scim_provisioning import credentials
from scim_provisioning.console import urls
from scim_provisioning.models import (
    Connection,
    GroupLink,
    JournalEntry,
    Token,
    UserLink,
    Webhook,
)
from tests import people
from tests.console.conftest import PAGE, SignIn
from workspace.services import members

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
READ = frozenset({"GET", "HEAD", "OPTIONS"})
WRITE = frozenset({"POST", "OPTIONS"})
BOTH = READ | WRITE
ADDRESSES = {
    "settings": READ,
    "live": READ,
    "enable": WRITE,
    "disable": WRITE,
    "new-token": WRITE,
    "revoke-token": WRITE,
    "activity": READ,
    "export-activity": READ,
    "people": READ,
    "person": READ,
    "hand-back": WRITE,
    "receipt": READ,
    "groups": READ,
    "group-policy": WRITE,
    "group": READ,
    "role": WRITE,
    "undo-adoption": WRITE,
    "restore-group": WRITE,
    "webhook": READ,
    "set-webhook": WRITE,
    "test-webhook": WRITE,
    "rotate-webhook-key": WRITE,
    "remove-webhook": WRITE,
    "check": BOTH,
    "api": READ,
    "api-description": READ,
    "api-enable": WRITE,
    "api-disable": WRITE,
    "api-tokens": WRITE,
    "api-revoke": WRITE,
    "api-activity": READ,
    "api-people": READ,
    "api-person": READ,
    "api-hand-back": WRITE,
    "api-groups": READ,
    "api-group-policy": WRITE,
    "api-group": READ,
    "api-role": WRITE,
    "api-undo-adoption": WRITE,
    "api-restore-group": WRITE,
    "api-webhook": READ,
    "api-set-webhook": WRITE,
    "api-test-webhook": WRITE,
    "api-rotate-webhook-key": WRITE,
    "api-remove-webhook": WRITE,
    "api-check": WRITE,
}
"""Every address by its name, and the methods it takes."""
ACTIONS = [name for name, methods in ADDRESSES.items() if "POST" in methods]
VISITORS = {"adam": (403, 403), "mia": (403, 403), "ben": (403, 403), "carol": (404, 404)}
VISITORS["nobody"] = (302, 403)  # a page sends to the sign-in, the API has none


def test_the_table_names_every_address() -> None:
    assert ADDRESSES.keys() == {pattern.name for pattern in _patterns(urls.urlpatterns)}


@pytest.mark.parametrize(("visitor", "statuses"), VISITORS.items())
def test_nobody_but_an_owner_gets_past_any_address_by_any_method(
    visitor: str,
    statuses: tuple[int, int],
    acme: people.Acme,
    globex: people.Globex,
    connection: Connection,
    sign_in: SignIn,
) -> None:
    cast = {"adam": acme.adam, "mia": acme.mia, "ben": acme.ben, "carol": globex.carol}
    client = sign_in(cast[visitor]) if visitor in cast else Client()
    before = _written()

    answers = {
        (address, method): client.generic(method, _address(address)).status_code
        for address, method in itertools.product(ADDRESSES, METHODS)
    }

    assert answers == {
        (address, method): statuses[address.startswith("api")]
        for address, method in itertools.product(ADDRESSES, METHODS)
    }
    assert _written() == before


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_takes_its_own_methods_only(
    address: str, owner: Client, connection: Connection
) -> None:
    wanted = ADDRESSES[address]
    before = _written()

    refused = {
        method: owner.generic(method, _address(address))
        for method in METHODS
        if method not in wanted
    }

    assert {answer.status_code for answer in refused.values()} == {405}
    assert {frozenset(answer["Allow"].split(", ")) for answer in refused.values()} == {wanted}
    assert _written() == before


def test_a_member_who_is_no_owner_is_told_why(acme: people.Acme, sign_in: SignIn) -> None:
    page = sign_in(acme.adam).get(PAGE)

    assert page.status_code == 403
    assert "Only an owner of the workspace can manage" in page.content.decode()


def test_a_stranger_learns_nothing_that_an_unknown_workspace_would_not_tell(
    acme: people.Acme, globex: people.Globex, sign_in: SignIn
) -> None:
    carol = sign_in(globex.carol)

    foreign, unknown = carol.get(PAGE), carol.get("/workspaces/nowhere/settings/scim/")

    assert foreign.status_code == unknown.status_code == 404
    assert _without_csrf(foreign.content) == _without_csrf(unknown.content)


@pytest.mark.parametrize("address", [name for name in ADDRESSES if not name.startswith("api")])
def test_who_is_signed_out_signs_in_and_comes_back_to_the_page(
    address: str, connection: Connection
) -> None:
    answer = Client().post(_address(address))

    assert answer["Location"] == f"/sign-in/?next={PAGE}"


def test_a_suspended_owner_is_a_stranger(acme: people.Acme, sign_in: SignIn) -> None:
    second = people.hired(acme.workspace, "Otto Owner", role=acme.olivia.role)
    client = sign_in(second)
    members.suspend_member(member=second)

    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("has_middleware", [True, False])
@pytest.mark.parametrize("address", ACTIONS)
def test_a_form_from_another_site_is_refused_whatever_the_host_does(
    address: str,
    has_middleware: bool,
    acme: people.Acme,
    connection: Connection,
    settings: Settings,
) -> None:
    if not has_middleware:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "Csrf" not in name]
    forged = Client(enforce_csrf_checks=True)
    assert acme.olivia.user is not None
    forged.force_login(acme.olivia.user)
    before = _written()

    answer = forged.post(_address(address), {"name": "Acme", "newest_token": _token()})

    assert answer.status_code == 403
    assert _written() == before


def test_another_workspaces_token_is_unknown_here(
    owner: Client, connection: Connection, globex: people.Globex
) -> None:
    foreign, _text = credentials.mint(
        connection=Connection.objects.create(workspace=globex.workspace)
    )

    answer = owner.post(f"{PAGE}tokens/{foreign.pk}/revoke/")

    assert answer.status_code == 404
    assert Token.objects.get(pk=foreign.pk).revoked_at is None


def test_a_token_number_beyond_every_database_is_unknown(
    owner: Client, connection: Connection
) -> None:
    assert owner.post(f"{PAGE}tokens/{10**30}/revoke/").status_code == 404


def _without_csrf(content: bytes) -> bytes:
    return re.sub(rb'(name="csrfmiddlewaretoken" value=)"\w+"', rb"\1", content)


def _address(name: str) -> str:
    """Fill an address with ids that exist, if it needs any."""
    pattern = next(each for each in _patterns(urls.urlpatterns) if each.name == name)
    about = GroupLink if "groups/" in str(pattern.pattern) else UserLink
    known = {
        "token": _token(),
        "scim_id": about.objects.earliest("pk").scim_id,
        "format": "csv",
    }
    wanted = {key: value for key, value in known.items() if key in _arguments(pattern)}
    return reverse(f"scim_provisioning_console:{name}", kwargs={"workspace": "acme", **wanted})


def _patterns(patterns: Iterable[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


def _arguments(pattern: URLPattern) -> set[str]:
    return set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)


def _token() -> int:
    return Token.objects.earliest("pk").pk


def _written() -> list[object]:
    """Everything that an action could have changed."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Connection, Token, JournalEntry, UserLink, GroupLink, Webhook)
    ]
