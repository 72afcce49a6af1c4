"""Equality on what directories look up is answered by an index, as PostgreSQL's plan shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar
from unittest import skipUnless

from django.db import connection as database
from django.db import models
from django.test import TestCase

from scim_provisioning.models import Connection, GroupLink, UserLink, UserValue
from scim_provisioning.protocol.filters import parse_filter
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE, ResourceType
from tests.app.directory import connected, matching
from tests.people import globex
from workspace.models import Group, GroupMembership, Member, Workspace

ROWS = 3_000
ID = "6c1f4f0e-6b0f-4a53-9a4b-0d6bb0f0a001"
"""Nobody's."""


LOOKUPS: tuple[tuple[ResourceType, str, str], ...] = (
    (USER_TYPE, 'userName eq "person-7"', "scim_user_name"),
    (USER_TYPE, 'externalId eq "x-7"', "scim_user_external"),
    (USER_TYPE, 'displayName eq "Person 7"', "scim_user_display_key"),
    (USER_TYPE, f'id eq "{ID}"', "scim_user_id"),
    (USER_TYPE, 'emails eq "person-7@acme.example"', "scim_user_value_key"),
    (USER_TYPE, 'emails.value eq "PERSON-7@acme.example"', "scim_user_value_key"),
    (USER_TYPE, 'emails[type eq "work"].value eq "person-7@a"', "scim_user_value_key"),
    (USER_TYPE, 'userName eq "person-7" and active eq true', "scim_user_name"),
    (USER_TYPE, f'groups eq "{ID}"', "scim_group_id"),
    (GROUP_TYPE, 'displayName eq "Group 7"', "scim_group_name"),
    (GROUP_TYPE, 'externalId eq "g-7"', "scim_group_external"),
    (GROUP_TYPE, f'id eq "{ID}"', "scim_group_id"),
    (GROUP_TYPE, f'members eq "{ID}"', "scim_user_id"),
    (GROUP_TYPE, f'displayName eq "Group 7" and members eq "{ID}"', "scim_group_name"),
)
"""Filters, and how the name of the index that answers each begins."""


@skipUnless(database.vendor == "postgresql", "plans are read on PostgreSQL")
class TestPlans(TestCase):
    connection: ClassVar[Connection]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.connection = connected(globex().workspace)
        _fill(cls.connection)
        with database.cursor() as cursor:
            cursor.execute("ANALYZE")
            # What other tests left behind as dead rows makes the planner's estimates drift; a scan
            # of the table is then chosen only where no index can answer.
            cursor.execute("SET LOCAL enable_seqscan = off")

    def test_equality_is_a_look_up_in_an_index(self) -> None:
        for resource_type, text, index in LOOKUPS:
            with self.subTest(text):
                node = parse_filter(text, resource_type)

                steps = list(_steps(_plan(matching(self.connection, resource_type, node))))

                assert any(step.get("Index Name", "").startswith(index) for step in steps)
                assert not any(step["Node Type"] == "Seq Scan" for step in steps)


def _plan(links: models.QuerySet[Any]) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads(links.explain(format="json"))[0]["Plan"]
    return plan


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _steps(inner)


def _fill(connection: Connection) -> None:
    workspace: Workspace = connection.workspace
    members = Member.objects.bulk_create(
        Member(workspace=workspace, name=f"Person {n}") for n in range(ROWS)
    )
    users = UserLink.objects.bulk_create(
        UserLink(
            connection=connection,
            member=member,
            user_name=f"person-{n}",
            user_name_key=f"person-{n}",
            display_name_key=f"person {n}",
            external_id=f"x-{n}",
        )
        for n, member in enumerate(members)
    )
    UserValue.objects.bulk_create(
        UserValue(
            connection=connection,
            link=user,
            attribute="emails",
            value_key=f"{user.user_name}@acme.example",
            comparable={"value": f"{user.user_name}@acme.example", "type": "work"},
        )
        for user in users
    )
    groups = Group.objects.bulk_create(
        Group(workspace=workspace, name=f"Group {n}", name_key=f"group {n}") for n in range(ROWS)
    )
    GroupLink.objects.bulk_create(
        GroupLink(
            connection=connection,
            group=group,
            display_name=group.name,
            display_name_key=group.name_key,
            external_id=f"g-{n}",
        )
        for n, group in enumerate(groups)
    )
    GroupMembership.objects.bulk_create(
        GroupMembership(workspace=workspace, group=group, member=member)
        for group, member in zip(groups, members, strict=True)
    )
