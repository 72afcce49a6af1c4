"""A filter never leaves its connection, however it is put together."""

from __future__ import annotations

from typing import ClassVar

from scim_provisioning.lookups import group_q, user_q
from scim_provisioning.models import Connection, GroupLink, UserLink
from scim_provisioning.protocol.filters import parse_filter
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE
from tests import people
from tests.app.directory import DirectoryTestCase, connected, find, provision, shown


class TestCarolOfAnotherWorkspace(DirectoryTestCase):
    carols: ClassVar[Connection]

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.carols = connected(people.globex().workspace)
        stan = {"userName": "stan", "emails": [{"value": "stan@globex.example"}]}
        member = provision(cls.carols, USER_TYPE, stan)
        provision(
            cls.carols,
            GROUP_TYPE,
            {"displayName": "Pilots", "members": [{"value": member["id"]}]},
        )

    def test_alternatives_do_not_widen(self) -> None:
        assert find(self.carols, USER_TYPE, 'userName pr or userName co "a"') == ["stan"]
        assert find(self.carols, USER_TYPE, 'not (userName eq "x")') == ["stan"]

    def test_another_workspaces_ids_find_nothing(self) -> None:
        ada = shown(self.connection, USER_TYPE)[0]["id"]

        assert find(self.carols, USER_TYPE, f'id eq "{ada}"') == []
        assert find(self.carols, GROUP_TYPE, f'members eq "{ada}"') == []

    def test_values_and_memberships_are_sought_in_the_own_workspace_alone(self) -> None:
        """Also when the condition is put on the links of every workspace."""
        by_email = user_q(parse_filter("emails pr", USER_TYPE), connection=self.carols)
        by_group = user_q(
            parse_filter('groups.display eq "pilots"', USER_TYPE), connection=self.carols
        )
        by_member = group_q(parse_filter("members pr", GROUP_TYPE), connection=self.carols)

        assert [link.user_name for link in UserLink.objects.filter(by_email)] == ["stan"]
        assert [link.user_name for link in UserLink.objects.filter(by_group)] == ["stan"]
        assert [link.connection_id for link in GroupLink.objects.filter(by_member)] == [
            self.carols.pk
        ]
