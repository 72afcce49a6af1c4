"""What a directory looks up by a unique attribute is found as any filter finds it, and prepared."""

from __future__ import annotations

from scim_provisioning.models.connection import GroupPolicy
from scim_provisioning.operations.stores import store_for
from scim_provisioning.protocol.filters import parse_filter
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE, ResourceType
from tests import people
from tests.app.directory import DirectoryTestCase, connected, matching
from workspace.services import groups

UNIQUE: tuple[tuple[ResourceType, str], ...] = (
    (USER_TYPE, 'userName eq "ADA@acme.example"'),
    (USER_TYPE, 'userName eq "山田"'),
    (USER_TYPE, 'userName eq "nobody"'),
    (USER_TYPE, 'externalId eq "00uADA"'),
    (USER_TYPE, 'externalId eq "00uada"'),
    (GROUP_TYPE, 'displayName eq "ground_crew"'),
    (GROUP_TYPE, 'externalId eq "g-1"'),
)
OTHER: tuple[tuple[ResourceType, str], ...] = (
    (USER_TYPE, 'userName ne "zoe"'),
    (USER_TYPE, 'userName sw "ada"'),
    (USER_TYPE, 'not (userName eq "zoe")'),
    (USER_TYPE, 'userName eq "zoe" or userName eq "ada@acme.example"'),
    (USER_TYPE, 'title eq "Engineer"'),
    (USER_TYPE, 'externalId eq ""'),
    (USER_TYPE, 'emails eq "ada@acme.example"'),
)


class TestUniqueAttributes(DirectoryTestCase):
    def test_an_equality_finds_what_any_filter_would(self) -> None:
        for resource_type, text in UNIQUE:
            with self.subTest(text):
                node = parse_filter(text, resource_type)
                store = store_for(resource_type)
                condition = store.matching(node, self.connection)

                with self.assertNumQueries(1):
                    met = store.meet(self.connection, condition)

                assert met == list(matching(self.connection, resource_type, node))

    def test_any_other_filter_is_left_to_the_general_way(self) -> None:
        for resource_type, text in OTHER:
            with self.subTest(text):
                store = store_for(resource_type)
                condition = store.matching(parse_filter(text, resource_type), self.connection)

                with self.assertNumQueries(0):
                    assert store.meet(self.connection, condition) is None

    def test_another_workspaces_are_not_met(self) -> None:
        carols = connected(people.globex().workspace)

        for resource_type, text in UNIQUE:
            store = store_for(resource_type)
            condition = store.matching(parse_filter(text, resource_type), carols)
            assert store.meet(carols, condition) == []

    def test_a_group_that_is_kept_apart_is_not_met(self) -> None:
        groups.create_group(workspace=self.connection.workspace, name="From before")
        store = store_for(GROUP_TYPE)
        node = parse_filter('displayName eq "From before"', GROUP_TYPE)
        condition = store.matching(node, self.connection)
        met = store.meet(self.connection, condition)
        self.connection.group_policy = GroupPolicy.KEEP_APART

        assert met is not None
        assert len(met) == 1
        assert store.meet(self.connection, condition) == []
