"""Who decides a timezone: the directory, until the person does."""

from __future__ import annotations

import pytest

from tests.people import Acme
from workspace import errors
from workspace.models import Member
from workspace.services.members import update_member
from workspace.services.timezones import release_timezone, set_timezone


def test_the_directory_sets_it(acme: Acme) -> None:
    change = update_member(member=acme.ben, timezone="Asia/Tokyo")

    assert change.changed == {"timezone"}
    assert acme.ben.timezone_set_by == Member.TimezoneSource.DIRECTORY


def test_the_directory_may_take_its_own_back(acme: Acme) -> None:
    update_member(member=acme.ben, timezone="Asia/Tokyo")

    update_member(member=acme.ben, timezone="")

    assert (acme.ben.timezone, acme.ben.timezone_set_by) == ("UTC", "")


def test_the_persons_choice_is_not_overwritten(acme: Acme) -> None:
    set_timezone(member=acme.ben, timezone="Europe/Belgrade")

    change = update_member(member=acme.ben, timezone="Asia/Tokyo")

    assert change.changed == frozenset()
    assert acme.ben.timezone == "Europe/Belgrade"


def test_handed_back_it_follows_the_directory_again(acme: Acme) -> None:
    set_timezone(member=acme.ben, timezone="Europe/Belgrade")
    release_timezone(member=acme.ben)

    update_member(member=acme.ben, timezone="Asia/Tokyo")

    assert acme.ben.timezone == "Asia/Tokyo"


def test_an_unknown_one_is_refused(acme: Acme) -> None:
    with pytest.raises(errors.TimezoneUnknown):
        set_timezone(member=acme.ben, timezone="Mars/Olympus")
