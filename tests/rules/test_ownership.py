"""The timezone is `initial`: the directory's until the person changes it, or hands it back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import people
from tests.api.client import Answer, Directory, operation
from tests.rules.reading import last_notes, stored
from tests.workspace.browsing import signed_in

BEN = {"userName": "ben@acme.example", "emails": [{"value": "ben@acme.example"}]}

Write = Callable[[Directory, str, str], Answer]

WRITES: dict[str, Write] = {
    "POST": lambda directory, _, zone: directory.post("/Users", {**BEN, "timezone": zone}),
    "PUT": lambda directory, ben, zone: directory.put(ben, {**BEN, "timezone": zone}),
    "PATCH": lambda directory, ben, zone: directory.patch(
        ben, operation("replace", "timezone", zone)
    ),
    "PATCH without a path": lambda directory, ben, zone: directory.patch(
        ben, operation("replace", value={"timezone": zone})
    ),
}
every_write = pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())


@pytest.fixture
def ben(directory: Directory) -> str:
    return f"/Users/{directory.user_id('ben@acme.example')}"


def chosen_by_ben(acme: people.Acme, zone: str = "Europe/Belgrade") -> None:
    signed_in(acme.ben).post("/workspaces/acme/profile/timezone/", {"timezone": zone})


def handed_back_by_ben(acme: people.Acme) -> None:
    signed_in(acme.ben).post("/workspaces/acme/profile/timezone/release/")


@every_write
def test_the_directory_sets_it_first(
    directory: Directory, acme: people.Acme, ben: str, write: Write
) -> None:
    write(directory, ben, "asia/tokyo")

    after = stored(acme.ben)
    assert (after.timezone, after.timezone_set_by) == ("Asia/Tokyo", "DIRECTORY")


@every_write
def test_the_persons_choice_is_never_overwritten(
    directory: Directory, acme: people.Acme, ben: str, write: Write
) -> None:
    chosen_by_ben(acme)

    answer = write(directory, ben, "Asia/Tokyo")

    after = stored(acme.ben)
    assert answer.status in {200, 201}
    assert answer.body["timezone"] == "Europe/Belgrade"
    assert (after.timezone, after.timezone_set_by) == ("Europe/Belgrade", "PERSON")


@every_write
def test_handed_back_what_the_directory_said_last_applies(
    directory: Directory, acme: people.Acme, ben: str, write: Write
) -> None:
    chosen_by_ben(acme)
    write(directory, ben, "Asia/Tokyo")

    handed_back_by_ben(acme)

    after = stored(acme.ben)
    assert (after.timezone, after.timezone_set_by) == ("Asia/Tokyo", "DIRECTORY")
    assert directory.get(ben).body["timezone"] == "Asia/Tokyo"


def test_handed_back_what_the_directory_said_before_applies_too(
    directory: Directory, acme: people.Acme, ben: str
) -> None:
    directory.patch(ben, operation("replace", "timezone", "Asia/Tokyo"))
    chosen_by_ben(acme)

    handed_back_by_ben(acme)

    assert stored(acme.ben).timezone == "Asia/Tokyo"


def test_handed_back_to_a_directory_that_has_said_nothing_it_stays(acme: people.Acme) -> None:
    chosen_by_ben(acme)

    handed_back_by_ben(acme)

    assert stored(acme.ben).timezone == "Europe/Belgrade"


@every_write
def test_an_unknown_one_is_kept_as_sent_and_not_applied(
    directory: Directory, acme: people.Acme, ben: str, write: Write
) -> None:
    answer = write(directory, ben, "Mars/Olympus")

    assert answer.status in {200, 201}
    assert answer.body["timezone"] == "Mars/Olympus"
    assert stored(acme.ben).timezone == "UTC"
    assert "timezone: the value is no known time zone" in last_notes(directory)


def test_an_unknown_one_is_noted_once(directory: Directory, ben: str) -> None:
    directory.patch(ben, operation("replace", "timezone", "Mars/Olympus"))

    directory.patch(ben, operation("replace", "title", "Engineer"))

    assert "timezone" not in last_notes(directory)


@pytest.mark.parametrize("write", [WRITES["PUT"], WRITES["PATCH"]])
def test_an_empty_one_leaves_the_one_from_before(
    directory: Directory, acme: people.Acme, ben: str, write: Write
) -> None:
    write(directory, ben, "Asia/Tokyo")

    answer = write(directory, ben, "")

    assert answer.status == 200
    assert "timezone" not in answer.body
    assert stored(acme.ben).timezone == "Asia/Tokyo"
    assert "timezone: the directory sent none" in last_notes(directory)


@pytest.mark.parametrize(("by", "zone"), [("olivia", "Asia/Tokyo"), ("mia", "Europe/Belgrade")])
def test_an_owner_hands_it_back_for_somebody_else_and_a_manager_does_not(
    directory: Directory, acme: people.Acme, ben: str, by: str, zone: str
) -> None:
    directory.patch(ben, operation("replace", "timezone", "Asia/Tokyo"))
    chosen_by_ben(acme)

    signed_in(getattr(acme, by)).post(f"/workspaces/acme/members/{acme.ben.pk}/timezone/release/")

    assert stored(acme.ben).timezone == zone


def test_the_profile_page_says_whose_it_is(
    directory: Directory, acme: people.Acme, ben: str
) -> None:
    browser = signed_in(acme.ben)

    directory.patch(ben, operation("replace", "timezone", "Asia/Tokyo"))
    by_directory = browser.get("/workspaces/acme/profile/").content.decode()
    chosen_by_ben(acme)
    by_person = browser.get("/workspaces/acme/profile/").content.decode()

    assert "Kept by your organisation's directory until you change it." in by_directory
    assert "You chose it; your directory does not overwrite it." in by_person
