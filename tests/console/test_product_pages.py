"""What a directory manages is marked on the product's own pages, and locked with the reason."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import people
from tests.console.conftest import SignIn
from tests.console.directory import Directory

BADGE = "Managed by directory</span>"
ROOT = "/workspaces/acme/"


@pytest.fixture
def managed(directory: Directory, acme: people.Acme) -> Directory:
    """Ben and Engineering are the directory's; everybody and everything else is not."""
    directory.add("ben@acme.example", displayName="Ben Member")
    directory.send("POST", "/Groups", {"displayName": "Engineering"})
    return directory


@pytest.mark.usefixtures("managed")
@pytest.mark.parametrize("page", ["members/", "groups/"])
def test_lists_mark_what_is_managed_and_say_why(page: str, owner: Client) -> None:
    text = owner.get(ROOT + page).content.decode()

    assert text.count(BADGE) == 1
    assert "kept by your company's directory" in text


@pytest.mark.usefixtures("managed")
def test_a_managed_group_is_locked_with_the_reason(owner: Client, acme: people.Acme) -> None:
    locked = owner.get(f"{ROOT}groups/{acme.engineering.pk}/").content.decode()
    free = owner.get(f"{ROOT}groups/{acme.support.pk}/").content.decode()

    assert BADGE in locked
    assert "directory manages this group" in locked.replace("&#x27;", "'")
    assert "Rename" not in locked
    assert BADGE not in free
    assert "Rename" in free


@pytest.mark.usefixtures("managed")
def test_a_managed_person_reads_on_the_profile_what_is_locked(
    sign_in: SignIn, acme: people.Acme
) -> None:
    locked = sign_in(acme.ben).get(f"{ROOT}profile/").content.decode()
    free = sign_in(acme.mia).get(f"{ROOT}profile/").content.decode()

    assert locked.count(BADGE) == 2
    assert "change the name and e-mail there" in locked
    assert BADGE not in free


@pytest.mark.usefixtures("managed")
def test_a_locked_name_is_refused_by_hand_too(sign_in: SignIn, acme: people.Acme) -> None:
    client = sign_in(acme.ben)

    answer = client.post(f"{ROOT}profile/name/", {"name": "Somebody Else"}, follow=True)

    acme.ben.refresh_from_db()
    assert acme.ben.name == "Ben Member"
    assert "change the name and e-mail there" in answer.content.decode()


@pytest.mark.usefixtures("managed")
def test_disabled_everything_is_the_products_again(owner: Client, acme: people.Acme) -> None:
    owner.post(f"{ROOT}settings/scim/disable/", {"name": "Acme"})

    assert BADGE not in owner.get(f"{ROOT}members/").content.decode()
    assert "Rename" in owner.get(f"{ROOT}groups/{acme.engineering.pk}/").content.decode()
