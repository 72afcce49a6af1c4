"""What is asked about groups; must not know a server's side."""

from __future__ import annotations

from benchmarks.documents import group_document, group_name, member_operation, patch
from benchmarks.scenarios.scenario import Request, Requests, Scenario, Subject


def get_without_members(subject: Subject) -> Requests:
    while True:
        yield Request("GET", f"{subject.group}?excludedAttributes=members")


def get_with_members(subject: Subject) -> Requests:
    while True:
        yield Request("GET", subject.group, holds=subject.size)


def change_one_member(subject: Subject) -> Requests:
    return _change(subject, 1)


def change_100_members(subject: Subject) -> Requests:
    return _change(subject, 100)


def replace_group(subject: Subject) -> Requests:
    """Send the whole group with one member less, then all of it again."""
    people = [subject.server.user_id(number) for number in range(1, subject.size + 1)]
    name = group_name(subject.size)
    while True:
        yield Request("PUT", subject.group, group_document(name, people[:-1]))
        yield Request("PUT", subject.group, group_document(name, people))


def _change(subject: Subject, count: int) -> Requests:
    """Add people who are in no group, and take them out again."""
    first = subject.people + 1
    people = [subject.server.user_id(number) for number in range(first, first + count)]
    while True:
        for verb in ("add", "remove"):
            yield Request("PATCH", subject.group, patch(member_operation(verb, people)))


SCENARIOS = (
    Scenario(name="GET group, no members", play=get_without_members),
    Scenario(name="GET group with members", play=get_with_members),
    Scenario(name="PATCH ±1 member", play=change_one_member, cycle=2, is_write=True),
    Scenario(name="PATCH ±100 members", play=change_100_members, cycle=2, is_write=True),
    Scenario(name="PUT group", play=replace_group, cycle=2, is_write=True),
)
