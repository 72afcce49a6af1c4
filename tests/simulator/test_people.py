"""The simulator's made-up directory; must not know how it is sent."""

from __future__ import annotations

from scim_provisioning.simulator.people import invent_people, invent_teams


def test_the_same_people_come_every_time() -> None:
    assert invent_people(100)[:40] == invent_people(40)


def test_thousands_have_different_names_and_logins() -> None:
    people = invent_people(3_000)

    assert len({person.display_name for person in people}) == 3_000
    assert len({person.user_name for person in people}) == 3_000
    assert len({person.external_id for person in people}) == 3_000


def test_logins_stay_different_when_names_come_again() -> None:
    people = invent_people(10_000)

    assert len({person.user_name for person in people}) == 10_000
    assert all(person.user_name.isascii() for person in people)


def test_a_team_holds_its_department() -> None:
    people = invent_people(60)

    engineering = invent_teams(5, people)[0]

    assert engineering.name == "Engineering"
    assert {person.department for person in engineering.members} == {"Engineering"}


def test_more_teams_than_departments_are_projects() -> None:
    teams = invent_teams(9, invent_people(60))

    assert [team.name for team in teams[-2:]] == ["Project 1", "Project 2"]
    assert all(team.members for team in teams)
