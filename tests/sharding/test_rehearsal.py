"""The tables as a distributed PostgreSQL would have them: the app works on them unchanged.

What that database itself does with them can only be tried there.
"""

from __future__ import annotations

import pytest
from django.db import connection

from scim_provisioning.outbox.delivery import sweep
from tests import people
from tests.api.client import Directory, operation
from tests.sharding import catalog
from tests.workspace.browsing import signed_in, with_key
from workspace import selectors
from workspace.services import api_keys

pytestmark = [
    pytest.mark.usefixtures("widened"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="alters PostgreSQL's tables"),
]


def test_every_primary_key_includes_the_workspace() -> None:
    assert catalog.unique_across_workspaces(primary=True) == []


def test_all_other_keys_are_as_they_were() -> None:
    assert catalog.unique_across_workspaces(primary=False) == []
    assert catalog.references_across_workspaces() == []


def test_a_person_comes_changes_and_goes(directory: Directory) -> None:
    path = f"/Users/{directory.create_user('zoe@acme.example', title='Pilot')['id']}"

    changed = directory.patch(path, operation("replace", "title", "Captain"))
    deleted = directory.delete(path)

    assert changed.status == 200
    assert changed.body["title"] == "Captain"
    assert deleted.status == 204
    assert directory.get(path).status == 404


def test_a_group_gains_and_loses_a_member(directory: Directory, acme: people.Acme) -> None:
    mia = {"value": directory.user_id("mia@acme.example")}
    path = f"/Groups/{directory.group_id('Support')}"

    directory.patch(path, operation("add", "members", [mia]))
    after_joining = selectors.group_member_ids(acme.support)
    directory.patch(path, operation("remove", f'members[value eq "{mia["value"]}"]'))

    assert after_joining == sorted([acme.ben.pk, acme.mia.pk])
    assert selectors.group_member_ids(acme.support) == [acme.ben.pk]


def test_what_happened_is_delivered(directory: Directory) -> None:
    directory.create_user("zoe@acme.example")

    sweep()

    assert directory.connection.events.exists()
    assert not directory.connection.events.filter(done_at=None).exists()


def test_the_products_pages_and_its_api_are_there(acme: people.Acme) -> None:
    program = with_key(api_keys.create_api_key(member=acme.ben, label="Script").secret)
    owner = signed_in(acme.olivia)

    started = program.post("/api/timer/start", content_type="application/json")
    shown = [owner.get(f"/workspaces/acme/{each}/").status_code for each in ("members", "groups")]

    assert started.status_code == 201
    assert shown == [200, 200]
