"""The API: who am I here, and my timer."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import people
from tests.people import Acme, Globex
from tests.workspace.browsing import signed_in, with_key
from workspace.models import Member, TimeEntry
from workspace.services import api_keys


@pytest.fixture
def program(acme: Acme) -> Client:
    return with_key(api_keys.create_api_key(member=acme.ben, label="Script").secret)


class TestMe:
    def test_a_key_tells_its_member(self, acme: Acme, program: Client) -> None:
        answer = program.get("/api/me")

        assert answer.json() == {
            "id": acme.ben.pk,
            "name": "Ben Member",
            "email": "ben@acme.example",
            "role": "MEMBER",
            "status": "ACTIVE",
            "timezone": "UTC",
            "workspace": {"name": "Acme", "slug": "acme", "plan": "ENTERPRISE"},
        }

    def test_a_session_needs_no_workspace_when_there_is_one(self, acme: Acme) -> None:
        answer = signed_in(acme.mia).get("/api/me")

        assert answer.json()["id"] == acme.mia.pk

    def test_a_session_with_two_workspaces_names_one(self, acme: Acme, globex: Globex) -> None:
        Member.objects.create(workspace=globex.workspace, user=acme.ben.user, name="Ben")
        browser = signed_in(acme.ben)

        assert browser.get("/api/me").status_code == 403
        assert browser.get("/api/me?workspace=globex").status_code == 200

    @pytest.mark.parametrize("slug", ["acme", "nowhere", "%00", ""])
    def test_a_strangers_workspace_is_like_none(
        self, acme: Acme, globex: Globex, slug: str
    ) -> None:
        answer = signed_in(globex.carol).get(f"/api/me?workspace={slug}")

        assert answer.status_code == 403
        assert answer.json() == {
            "detail": "There is no such workspace, or you have no access to it."
        }

    @pytest.mark.parametrize(
        "header",
        [
            "Bearer wk_wrong",
            f"Bearer wk_{'9' * 18}_{'x' * 43}",
            f"Bearer wk_{'9' * 19}_{'x' * 43}",
            "Bearer",
            "Bearer scim_token",
            "bearer \u00e9",
        ],
    )
    def test_a_wrong_key_is_refused(self, acme: Acme, header: str) -> None:
        answer = Client(headers={"authorization": header}).get("/api/me")

        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == 'Bearer realm="api"'

    def test_a_key_opens_no_other_workspace(self, acme: Acme, globex: Globex) -> None:
        secret = api_keys.create_api_key(member=acme.ben, label="Script").secret
        elsewhere = secret.replace(f"wk_{acme.workspace.pk}_", f"wk_{globex.workspace.pk}_")

        assert with_key(elsewhere).get("/api/me").status_code == 401

    def test_nobody_is_refused(self, db: None) -> None:
        assert Client().get("/api/me").status_code == 401

    def test_a_revoked_key_is_refused(self, acme: Acme) -> None:
        new_key = api_keys.create_api_key(member=acme.ben, label="Script")
        api_keys.revoke_api_key(api_key=new_key.api_key)

        assert with_key(new_key.secret).get("/api/me").status_code == 401


class TestTimer:
    def test_it_starts_shows_and_stops(self, acme: Acme, program: Client) -> None:
        started = program.post("/api/timer/start", {"description": "Review"}, "application/json")
        shown = program.get("/api/timer")
        stopped = program.post("/api/timer/stop")

        assert started.status_code == 201
        assert shown.json() == {"running": started.json()}
        assert stopped.json()["stopped_at"] is not None
        assert program.get("/api/timer").json() == {"running": None}

    def test_only_one_runs(self, program: Client) -> None:
        program.post("/api/timer/start", content_type="application/json")

        answer = program.post("/api/timer/start", content_type="application/json")

        assert answer.status_code == 409
        assert answer.json() == {"detail": "A timer is already running."}
        assert TimeEntry.objects.count() == 1

    def test_none_to_stop_is_a_conflict(self, program: Client) -> None:
        assert program.post("/api/timer/stop").status_code == 409

    @pytest.mark.parametrize("description", ["x" * 501, "a\0b", ["list"]])
    def test_a_bad_description_starts_nothing(self, program: Client, description: object) -> None:
        answer = program.post("/api/timer/start", {"description": description}, "application/json")

        assert answer.status_code == 400
        assert not TimeEntry.objects.exists()

    def test_a_session_needs_the_csrf_token(self, acme: Acme) -> None:
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(people.account_of(acme.ben))

        assert browser.post("/api/timer/start?workspace=acme").status_code == 403
