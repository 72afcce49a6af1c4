"""What the host says of a person goes before what was stored when the directory wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import F, Q
from django.test import override_settings

from scim_provisioning.conf import value
from tests.app.directory import ADA, BOB, PEOPLE, DirectoryTestCase
from workspace.models import Member
from workspace.scim import MemberAdapter


class AdapterOfTimezones(MemberAdapter):
    lookups: ClassVar[Mapping[str, Any]] = {
        "active": Q(member__status="ACTIVE"),
        "timezone": F("member__timezone"),
        "nickName": F("member__user__name"),
    }


def with_timezones() -> Any:
    names = ("BASE_URL", "WORKSPACE_MODEL", "MEMBER_MODEL", "GROUP_MODEL")
    adapters = ("WORKSPACE_ADAPTER", "GROUP_ADAPTER")
    app = {name: value(name) for name in (*names, *adapters)}
    return override_settings(
        SCIM_PROVISIONING=app | {"USER_ADAPTER": f"{__name__}.AdapterOfTimezones"}
    )


class TestHostColumns(DirectoryTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        ada = cls.connection.user_links.get(user_name=ADA)
        Member.objects.filter(pk=ada.member_id).update(timezone="Asia/Tokyo")

    def test_a_text_of_the_host_is_compared_in_any_case(self) -> None:
        with with_timezones():
            assert self.users('timezone eq "ASIA/tokyo"') == [ADA]
            assert ADA not in self.users('timezone ne "asia/Tokyo"')

    def test_a_boolean_of_the_host_is_a_condition(self) -> None:
        with with_timezones():
            assert self.users("active eq false") == [BOB]
            assert BOB not in self.users("not (active eq false)")

    def test_a_person_whom_the_path_does_not_reach_is_without_a_value(self) -> None:
        with with_timezones():
            reached = self.users("nickName pr")

            assert sorted(reached + self.users("not (nickName pr)")) == sorted(
                person["userName"] for person in PEOPLE
            )
            assert 0 < len(reached) < len(PEOPLE)
