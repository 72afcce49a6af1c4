"""The same as the pages, as JSON."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from scim_provisioning import credentials
from scim_provisioning.journal import Call, record_change
from scim_provisioning.models import Connection, Token
from tests import people
from tests.console.conftest import PAGE, SignIn
from workspace.services import timezones

API = f"{PAGE}api/"


def test_enabling_gives_base_url_and_a_token_that_works(owner: Client) -> None:
    answer = owner.post(f"{API}enable/", {}, content_type="application/json")

    connection = Connection.objects.get()
    assert answer.status_code == 201
    assert answer["Cache-Control"] == "no-store"
    assert answer.json()["base_url"] == connection.base_url
    credentials.verify(answer.json()["token"], connection_id=str(connection.public_id))


def test_what_is_enabled_already_is_refused_with_the_sentence(
    owner: Client, connection: Connection
) -> None:
    answer = owner.post(f"{API}enable/", {}, content_type="application/json")

    assert answer.status_code == 409
    assert "already enabled" in answer.json()["detail"]


def test_without_the_password_no_token_is_made(acme: people.Acme, connection: Connection) -> None:
    client = Client()
    assert acme.olivia.user is not None
    client.force_login(acme.olivia.user)
    newest = Token.objects.get().pk

    refused = client.post(
        f"{API}tokens/", {"newest_token": newest}, content_type="application/json"
    )
    made = client.post(
        f"{API}tokens/",
        {"newest_token": newest, "password": people.PASSWORD, "old_one_ends_after": "1"},
        content_type="application/json",
    )

    assert refused.status_code == 422
    assert refused.json() == {"errors": {"password": ["Enter your password."]}}
    assert made.status_code == 201
    assert Token.objects.get(pk=newest).expires_at < timezone.now() + timedelta(days=1, minutes=1)


def test_a_token_is_revoked_once(owner: Client, connection: Connection) -> None:
    token = Token.objects.get().pk

    answers = [
        owner.post(f"{API}tokens/{token}/revoke/", {}, content_type="application/json")
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [204, 409]


def test_disabling_asks_for_the_name(owner: Client, connection: Connection) -> None:
    wrong = owner.post(f"{API}disable/", {"name": "Globex"}, content_type="application/json")
    right = owner.post(f"{API}disable/", {"name": "Acme"}, content_type="application/json")

    assert (wrong.status_code, right.status_code) == (422, 204)
    assert not Connection.objects.get().is_enabled


@pytest.mark.parametrize("body", ["[]", "1", '"x"', "{", '{"name": "\\ud800"}'])
def test_a_body_that_is_no_object_is_refused(
    body: str, owner: Client, connection: Connection
) -> None:
    answer = owner.post(f"{API}disable/", body, content_type="application/json")

    assert answer.status_code == 400


def test_a_person_is_told_whole(owner: Client, connection: Connection, acme: people.Acme) -> None:
    link = connection.user_links.get(member=acme.ben)
    link.managed_since = timezone.now()
    link.attributes = {"userName": "ben@acme.example", "timezone": "Europe/Berlin"}
    link.save()
    timezones.set_timezone(member=acme.ben, timezone="Asia/Tokyo")
    call = Call(connection=connection, token=None, correlation_id="0" * 32)
    record_change(call, operation="patch", resource_type="User", scim_id=link.scim_id, status=200)

    told = owner.get(f"{API}people/{link.scim_id}/").json()
    handed = owner.post(
        f"{API}people/{link.scim_id}/hand-back/",
        {"attribute": "timezone"},
        content_type="application/json",
    )

    (zone,) = [each for each in told["attributes"] if each["name"] == "timezone"]
    assert zone["owner"] == "product"
    assert zone["can_be_handed_back"] is True
    assert [moment["deed"]["what"] for moment in told["timeline"]] == ["Update person"]
    assert handed.status_code == 204


def test_lists_name_what_there_is(owner: Client, connection: Connection) -> None:
    listed = owner.get(f"{API}people/").json()
    groups = owner.get(f"{API}groups/?state=unmanaged").json()

    assert listed["total"] == 4
    assert {line["name"] for line in groups["lines"]} == {"Engineering", "Support"}


def test_a_query_that_does_not_fit_is_refused_by_its_name(
    owner: Client, connection: Connection
) -> None:
    answer = owner.get(f"{API}activity/?outcome=sideways")

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["outcome"]


def test_a_forged_request_is_refused(acme: people.Acme, connection: Connection) -> None:
    forged = Client(enforce_csrf_checks=True)
    assert acme.olivia.user is not None
    forged.force_login(acme.olivia.user)

    answer = forged.post(f"{API}disable/", {"name": "Acme"}, content_type="application/json")

    assert answer.status_code == 403
    assert Connection.objects.get().is_enabled


def test_others_are_told_why(acme: people.Acme, sign_in: SignIn) -> None:
    answer = sign_in(acme.adam).get(API)

    assert answer.status_code == 403
    assert "Only an owner" in answer.json()["detail"]
