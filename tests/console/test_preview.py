"""Before: what enabling will do, and the choice about the groups that are there."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from scim_provisioning import connections
from scim_provisioning.console.preview import preview
from scim_provisioning.models import Connection
from scim_provisioning.models.connection import GroupPolicy
from tests import people
from tests.console.conftest import PAGE
from workspace.models import Group
from workspace.services import groups


def test_it_counts_who_will_be_linked_and_names_who_will_not(acme: people.Acme) -> None:
    seen = preview(acme.workspace)

    assert seen.people == 4
    assert seen.unmanaged_count == 1
    assert [name for name, _reason in seen.unmanaged] == ["Kim Kiosk"]


def test_it_names_the_groups_and_says_which_is_never_taken_over(acme: people.Acme) -> None:
    groups.create_group(workspace=acme.workspace, name="Admins")

    seen = preview(acme.workspace)

    assert {group.name: group.is_reserved for group in seen.groups} == {
        "Engineering": False,
        "Support": False,
        "Admins": True,
    }


@pytest.mark.parametrize(("limit", "left"), [(None, None), (6, 2), (4, 0), (1, 0)])
def test_it_counts_the_free_seats(limit: int | None, left: int | None, acme: people.Acme) -> None:
    acme.workspace.seat_limit = limit
    acme.workspace.save()

    assert preview(acme.workspace).seats_left == left


def test_it_changes_nothing(acme: people.Acme) -> None:
    preview(acme.workspace)

    assert not Connection.objects.exists()


def test_it_costs_the_same_for_many_groups(
    acme: people.Acme, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        groups.create_group(workspace=acme.workspace, name=f"Team {number}")

    with django_assert_num_queries(4):
        seen = preview(acme.workspace)

    assert (len(seen.groups), seen.group_count) == (20, 32)


def test_the_page_shows_it(owner: Client, acme: people.Acme) -> None:
    text = owner.get(PAGE).content.decode()

    assert "4 people are here already" in text
    assert "1 person stays out of the directory" in text
    assert "2 groups are here already" in text
    assert "Kim Kiosk" in text


@pytest.mark.parametrize("policy", GroupPolicy.values)
def test_the_choice_about_groups_is_carried_out(
    policy: str, owner: Client, acme: people.Acme
) -> None:
    owner.post(f"{PAGE}enable/", {"group_policy": policy})

    assert Connection.objects.get().group_policy == policy
    archived = Group.objects.filter(workspace=acme.workspace, archived_at__isnull=False)
    assert archived.exists() == (policy == "ARCHIVE")


def test_an_unknown_choice_is_refused_beside_its_field(owner: Client, settings: Settings) -> None:
    page = owner.post(f"{PAGE}enable/", {"group_policy": "SIDEWAYS"})

    assert page.status_code == 422
    assert "SIDEWAYS is not one of the available choices" in page.content.decode()
    assert not Connection.objects.exists()


def test_enabled_again_the_choice_from_before_is_offered(owner: Client, acme: people.Acme) -> None:
    connection, _ = connections.enable(acme.workspace, group_policy=GroupPolicy.KEEP_APART)
    connections.disable(connection)

    text = owner.get(PAGE).content.decode()

    assert 'value="KEEP_APART" id="id_group_policy_1" checked' in " ".join(text.split())
