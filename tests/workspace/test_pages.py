"""The pages: who opens them, what they show, what they change."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import people
from tests.people import Acme, Globex
from tests.workspace.browsing import signed_in
from workspace import selectors
from workspace.models import ApiKey, Group, Member
from workspace.services import groups

PAGES = [
    "members/",
    "groups/",
    "profile/",
    "settings/",
    "settings/authentication/",
]


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def without_csrf_token(page: bytes) -> str:
    return re.sub(r'value="\w{64}"', "", page.decode())


class TestDoors:
    @pytest.mark.parametrize("page", PAGES)
    def test_nobody_is_sent_to_sign_in(self, acme: Acme, page: str) -> None:
        answer = Client().get(f"/workspaces/acme/{page}")

        assert answer["Location"] == f"/sign-in/?next=/workspaces/acme/{page}"

    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.parametrize("name", ["olivia", "adam", "mia", "ben"])
    def test_every_member_sees_every_page(self, acme: Acme, name: str, page: str) -> None:
        member: Member = getattr(acme, name)

        assert member.name.split()[0] in text(signed_in(member), "/workspaces/acme/members/")
        assert signed_in(member).get(f"/workspaces/acme/{page}").status_code == 200

    @pytest.mark.parametrize("page", PAGES)
    def test_a_stranger_sees_what_nobody_owns(self, acme: Acme, globex: Globex, page: str) -> None:
        browser = signed_in(globex.carol)

        foreign = browser.get(f"/workspaces/acme/{page}")
        missing = browser.get(f"/workspaces/nowhere/{page}")

        assert (foreign.status_code, missing.status_code) == (403, 403)
        assert without_csrf_token(foreign.content) == without_csrf_token(missing.content)

    def test_a_group_of_another_workspace_is_not_found(self, acme: Acme, globex: Globex) -> None:
        path = f"/workspaces/globex/groups/{acme.engineering.pk}/"

        assert signed_in(globex.carol).get(path).status_code == 404

    def test_the_list_shows_only_ones_own_workspaces(self, acme: Acme, globex: Globex) -> None:
        shown = text(signed_in(acme.ben), "/")

        assert "Acme" in shown
        assert "Globex" not in shown


class TestMembers:
    def test_people_are_listed_with_status_and_role(self, acme: Acme) -> None:
        shown = text(signed_in(acme.ben), "/workspaces/acme/members/")

        assert all(word in shown for word in ("Mia Manager", "Manager", "Active", "Kiosk"))

    def test_the_number_of_queries_does_not_grow_with_the_people(self, acme: Acme) -> None:
        browser = signed_in(acme.olivia)
        with CaptureQueriesContext(connection) as with_few:
            browser.get("/workspaces/acme/members/")
        for number in range(20):
            people.hired(acme.workspace, f"P{number} Person")

        with CaptureQueriesContext(connection) as with_many:
            browser.get("/workspaces/acme/members/")

        assert len(with_many) == len(with_few) < 10

    def test_searching_narrows_the_list(self, acme: Acme) -> None:
        shown = text(signed_in(acme.ben), "/workspaces/acme/members/?q=MIA")

        assert "Mia Manager" in shown
        assert "Adam Admin" not in shown

    @pytest.mark.parametrize("query", ["q=%00", "page=x", "page=99999999999999999999"])
    def test_an_odd_query_still_answers(self, acme: Acme, query: str) -> None:
        assert text(signed_in(acme.ben), f"/workspaces/acme/members/?{query}")

    def test_an_administrator_blocks_and_unblocks(self, acme: Acme) -> None:
        browser = signed_in(acme.adam)
        path = f"/workspaces/acme/members/{acme.ben.pk}"

        browser.post(f"{path}/block/")
        acme.ben.refresh_from_db()
        blocked = acme.ben.status
        browser.post(f"{path}/unblock/")

        acme.ben.refresh_from_db()
        assert (blocked, acme.ben.status) == (Member.Status.INACTIVE, Member.Status.ACTIVE)

    def test_a_refusal_is_told(self, acme: Acme) -> None:
        path = f"/workspaces/acme/members/{acme.olivia.pk}/block/"

        answer = signed_in(acme.olivia).post(path, follow=True)

        assert "The last active owner of a workspace" in answer.content.decode()

    def test_a_manager_blocks_nobody(self, acme: Acme) -> None:
        answer = signed_in(acme.mia).post(f"/workspaces/acme/members/{acme.ben.pk}/block/")

        assert answer.status_code == 403

    def test_people_of_another_workspace_are_not_found(self, acme: Acme, globex: Globex) -> None:
        answer = signed_in(globex.carol).post(f"/workspaces/globex/members/{acme.ben.pk}/block/")

        assert answer.status_code == 404

    def test_an_owner_changes_a_role(self, acme: Acme) -> None:
        path = f"/workspaces/acme/members/{acme.ben.pk}/role/"

        signed_in(acme.olivia).post(path, {"role": "ADMIN"})

        acme.ben.refresh_from_db()
        assert acme.ben.role == Member.Role.ADMIN

    def test_an_administrator_invites_and_adds_to_the_kiosk(self, acme: Acme) -> None:
        browser = signed_in(acme.adam)

        browser.post(
            "/workspaces/acme/members/invite/",
            {"name": "Ivy", "email": "ivy@new.example", "role": "MEMBER"},
        )
        browser.post("/workspaces/acme/members/kiosk/", {"name": "Kit"})

        assert Member.objects.get(name="Ivy").status == Member.Status.PENDING
        assert Member.objects.get(name="Kit").is_kiosk


class TestGroups:
    def test_the_list_counts_the_members_of_each(self, acme: Acme) -> None:
        groups.create_group(workspace=acme.workspace, name="Nobody yet")

        page = text(signed_in(acme.ben), "/workspaces/acme/groups/")

        # Engineering, Nobody yet, Support
        assert re.findall(r'class="number">(\d+)<', page) == ["2", "0", "1"]

    def test_a_manager_creates_edits_and_archives(self, acme: Acme) -> None:
        browser = signed_in(acme.mia)

        browser.post("/workspaces/acme/groups/create/", {"name": "Desing"})
        group = Group.objects.get(name="Desing")
        path = f"/workspaces/acme/groups/{group.pk}"
        browser.post(f"{path}/rename/", {"name": "Design"})
        browser.post(f"{path}/members/add/", {"member": acme.ben.pk})
        shown = text(browser, f"{path}/")
        browser.post(f"{path}/archive/")

        group.refresh_from_db()
        assert "Ben Member" in shown
        assert (group.name, group.archived_at is None) == ("Design", False)

    def test_a_member_is_taken_out(self, acme: Acme) -> None:
        path = f"/workspaces/acme/groups/{acme.support.pk}/members/{acme.ben.pk}/remove/"

        signed_in(acme.mia).post(path)

        assert selectors.group_member_ids(acme.support) == []

    def test_a_stranger_is_not_added(self, acme: Acme, globex: Globex) -> None:
        path = f"/workspaces/acme/groups/{acme.support.pk}/members/add/"

        answer = signed_in(acme.mia).post(path, {"member": globex.carol.pk}, follow=True)

        assert "not members of this workspace" in answer.content.decode()
        assert selectors.group_member_ids(acme.support) == [acme.ben.pk]

    def test_a_plain_member_changes_nothing(self, acme: Acme) -> None:
        path = f"/workspaces/acme/groups/{acme.support.pk}/archive/"

        assert signed_in(acme.ben).post(path).status_code == 403


class TestProfile:
    def test_a_person_changes_name_and_timezone(self, acme: Acme) -> None:
        browser = signed_in(acme.ben)

        browser.post("/workspaces/acme/profile/name/", {"name": "Benno"})
        browser.post("/workspaces/acme/profile/timezone/", {"timezone": "Asia/Tokyo"})

        acme.ben.refresh_from_db()
        assert (acme.ben.name, acme.ben.timezone) == ("Benno", "Asia/Tokyo")
        assert "You chose it" in text(browser, "/workspaces/acme/profile/")

    def test_the_timezone_is_handed_back(self, acme: Acme) -> None:
        browser = signed_in(acme.ben)
        browser.post("/workspaces/acme/profile/timezone/", {"timezone": "Asia/Tokyo"})

        browser.post("/workspaces/acme/profile/timezone/release/")

        acme.ben.refresh_from_db()
        assert acme.ben.timezone_set_by == Member.TimezoneSource.DIRECTORY

    def test_a_new_key_is_shown_once_and_not_cached(self, acme: Acme) -> None:
        browser = signed_in(acme.ben)

        answer = browser.post("/workspaces/acme/profile/api-keys/", {"label": "Script"})

        key = ApiKey.objects.get(member=acme.ben)
        assert key.prefix in answer.content.decode()
        assert "shown only this once" in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        assert "shown only this once" not in text(browser, "/workspaces/acme/profile/")

    def test_another_persons_key_is_not_found(self, acme: Acme) -> None:
        signed_in(acme.ben).post("/workspaces/acme/profile/api-keys/", {"label": "Script"})
        key = ApiKey.objects.get(member=acme.ben)

        answer = signed_in(acme.olivia).post(f"/workspaces/acme/profile/api-keys/{key.pk}/revoke/")

        assert answer.status_code == 404
        assert selectors.usable_api_keys(acme.ben).exists()


class TestChangingPages:
    @pytest.mark.parametrize("page", ["members/invite/", "groups/create/", "profile/name/"])
    def test_reading_them_changes_nothing(self, acme: Acme, page: str) -> None:
        assert signed_in(acme.olivia).get(f"/workspaces/acme/{page}").status_code == 405

    def test_they_want_the_csrf_token(self, acme: Acme) -> None:
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(people.account_of(acme.olivia))

        answer = browser.post(f"/workspaces/acme/members/{acme.ben.pk}/block/")

        assert answer.status_code == 403
