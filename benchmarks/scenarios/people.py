"""What is asked about people; must not know a server's side."""

from __future__ import annotations

from urllib.parse import quote

from benchmarks.documents import (
    NEW,
    external_id,
    member_operation,
    patch,
    user_document,
    user_name,
)
from benchmarks.scenarios.scenario import Request, Requests, Scenario, Subject

PAGE = 100
BULK = 100


def get_user(subject: Subject) -> Requests:
    while True:
        yield Request("GET", subject.user(subject.some_person()))


def find_by_user_name(subject: Subject) -> Requests:
    while True:
        condition = f'userName eq "{user_name(subject.some_person())}"'
        yield Request("GET", f"/Users?filter={quote(condition)}", holds=1)


def find_by_external_id(subject: Subject) -> Requests:
    while True:
        condition = f'externalId eq "{external_id(subject.some_person())}"'
        yield Request("GET", f"/Users?filter={quote(condition)}", holds=1)


def create_user(subject: Subject) -> Requests:
    number = NEW
    while True:
        yield Request("POST", "/Users", user_document(number))
        number += 1


def switch_active(subject: Subject) -> Requests:
    while True:
        path = subject.user(subject.some_person())
        for active in (False, True):
            operation = {"op": "replace", "path": "active", "value": active}
            yield Request("PATCH", path, patch(operation))


def replace_user(subject: Subject) -> Requests:
    while True:
        number = subject.some_person()
        title = f"Engineer {subject.random.randrange(1_000_000)}"
        yield Request("PUT", subject.user(number), user_document(number, title=title))


def first_page(subject: Subject) -> Requests:
    while True:
        yield Request("GET", f"/Users?startIndex=1&count={PAGE}", holds=PAGE)


def late_page(subject: Subject) -> Requests:
    """Ask for a page at 99 in 100 of the people: at 9,900 of 10,000."""
    start = subject.people * 99 // 100
    while True:
        yield Request("GET", f"/Users?startIndex={start}&count={PAGE}", holds=PAGE)


def walk(subject: Subject) -> Requests:
    """Walk over everybody, by cursor where there are cursors, and begin again."""
    if not subject.server.has_cursors:
        while True:
            for start in range(1, subject.people + 1, PAGE):
                yield Request("GET", f"/Users?startIndex={start}&count={PAGE}")
    cursor = ""
    while True:
        answer = yield Request("GET", f"/Users?cursor={quote(cursor)}&count={PAGE}")
        cursor = answer.document.get("nextCursor", "")


def create_in_bulk(subject: Subject) -> Requests:
    number = NEW * 2
    while True:
        operations = [
            {
                "method": "POST",
                "path": "/Users",
                "bulkId": str(each),
                "data": user_document(each),
            }
            for each in range(number, number + BULK)
        ]
        schema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
        yield Request("POST", "/Bulk", {"schemas": [schema], "Operations": operations})
        number += BULK


def entra_cycle(subject: Subject) -> Requests:
    """Play what Entra sends when a few people and one group have changed since the last time."""
    number = NEW * 3
    while True:
        for _ in range(8):
            yield from _entra_change(subject)
        for each in (number, number + 1):
            condition = f'externalId eq "{external_id(each)}"'
            yield Request("GET", f"/Users?filter={quote(condition)}", holds=0)
            yield Request("POST", "/Users", user_document(each))
        number += 2
        newcomer = subject.server.user_id(subject.people + 1)
        yield Request("GET", f"{subject.group}?excludedAttributes=members")
        yield Request("PATCH", subject.group, patch(member_operation("Add", [newcomer])))
        yield Request("PATCH", subject.group, patch(member_operation("Remove", [newcomer])))


def _entra_change(subject: Subject) -> Requests:
    number = subject.some_person()
    name = f"Number{subject.random.randrange(1_000_000)}"
    condition = f'userName eq "{user_name(number)}"'
    yield Request("GET", f"/Users?filter={quote(condition)}", holds=1)
    operation = {"op": "Replace", "path": "name.familyName", "value": name}
    yield Request("PATCH", subject.user(number), patch(operation))


SCENARIOS = (
    Scenario(name="GET user", play=get_user),
    Scenario(name="filter by userName", play=find_by_user_name),
    Scenario(name="filter by externalId", play=find_by_external_id),
    Scenario(name="POST user", play=create_user, is_write=True),
    Scenario(name="PATCH active", play=switch_active, cycle=2, is_write=True),
    Scenario(name="PUT user", play=replace_user, is_write=True),
    Scenario(name="first page of 100", play=first_page),
    Scenario(name="late page of 100", play=late_page),
    Scenario(name="walk, pages of 100", play=walk, patience=8),
    Scenario(
        name="Bulk of 100 POST",
        play=create_in_bulk,
        is_write=True,
        lacking=lambda server: not server.has_bulk,
    ),
    Scenario(name="Entra cycle", play=entra_cycle, cycle=23, is_write=True),
)
