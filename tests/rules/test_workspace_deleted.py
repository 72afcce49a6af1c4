"""A deleted workspace leaves nothing of SCIM behind, and nothing of Globex is missing."""

from __future__ import annotations

from django.apps import apps

from scim_provisioning.models import (
    Connection,
    GroupLink,
    JournalEntry,
    Token,
    UserLink,
    UserValue,
)
from tests import people
from tests.api.client import Directory, connect
from tests.rules.reading import count
from workspace.models import User
from workspace.services import workspaces

SCIM = list(apps.get_app_config("scim_provisioning").get_models())


def used(directory: Directory, name: str) -> None:
    """Leave a row in every table: people, values, groups, the journal."""
    user = directory.create_user(name, emails=[{"value": f"{name}@new.example"}])
    directory.create_group("Pilots", user["id"])
    directory.post("/Users", {"userName": name})


def test_all_of_its_scim_data_is_gone_and_nothing_of_another(
    acme: people.Acme, globex: people.Globex
) -> None:
    of_globex = connect(globex.workspace)
    used(of_globex, "gus")
    before = count(*SCIM), of_globex.get("/Users").body
    used(connect(acme.workspace), "zoe")

    workspaces.delete_workspace(workspace=acme.workspace)

    assert (count(*SCIM), of_globex.get("/Users").body) == before


def test_there_was_something_to_lose(directory: Directory) -> None:
    used(directory, "zoe")

    assert 0 not in count(Connection, Token, UserLink, UserValue, GroupLink, JournalEntry)


def test_its_token_opens_nothing(directory: Directory, acme: people.Acme) -> None:
    workspaces.delete_workspace(workspace=acme.workspace)

    assert directory.get("/Users").status == 401


def test_accounts_stay_and_so_do_their_passwords(directory: Directory, acme: people.Acme) -> None:
    ben = people.account_of(acme.ben)

    workspaces.delete_workspace(workspace=acme.workspace)

    assert User.objects.get(pk=ben.pk).check_password(people.PASSWORD)


def test_an_account_that_its_directory_made_keeps_no_password(
    directory: Directory, acme: people.Acme
) -> None:
    """Whoever holds the workspace could have chosen it, under an address never proven."""
    directory.create_user("ceo@globex.example")
    account = User.objects.get(email="ceo@globex.example")
    account.set_password(people.PASSWORD)
    account.save()

    workspaces.delete_workspace(workspace=acme.workspace)

    after = User.objects.get(pk=account.pk)
    assert not after.has_usable_password()
    assert after.session_epoch > account.session_epoch
