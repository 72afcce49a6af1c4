"""Play Okta's first sync: the people one by one, then its pushed groups.

Must not know the server's side; raises at the first answer Okta would give up on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from scim_provisioning.protocol import urns
from scim_provisioning.simulator.client import Answer, ScimClient
from scim_provisioning.simulator.people import Person, Team

HEADERS = {
    "User-Agent": "Okta SCIM Client 1.0.0",
    "Accept-Charset": "utf-8",
}

MEMBERS_PER_PATCH = 100
PATIENCE = 10
"""How often a request that came too soon is sent again."""


class SyncError(Exception):
    """The server gave an answer that ends the sync."""

    def __init__(self, request: str, answer: Answer) -> None:
        document = answer.document
        detail = document.get("detail", "") if isinstance(document, dict) else ""
        super().__init__(f"{request} was answered {answer.status}. {detail}".strip())
        self.answer = answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One person or group has been brought over; the last one has `done == total`."""

    kind: Literal["person", "group"]
    name: str
    done: int
    total: int


def connect(base_url: str, token: str) -> ScimClient:
    """Return a client that looks like Okta's."""
    return ScimClient(base_url, token, headers=HEADERS, patience=PATIENCE)


def first_sync(
    client: ScimClient, *, people: Sequence[Person], teams: Sequence[Team]
) -> Iterator[Progress]:
    """Bring people and groups over, yielding after each. Raises `SyncError`."""
    total = len(people) + len(teams)
    _expect(200, "GET /Users", client.get("/Users", startIndex=1, count=2))
    ids: dict[str, str] = {}
    for done, person in enumerate(people, 1):
        ids[person.external_id] = _bring_person(client, person)
        yield Progress(kind="person", name=person.display_name, done=done, total=total)
    for done, team in enumerate(teams, len(people) + 1):
        _push_team(client, team, ids)
        yield Progress(kind="group", name=team.name, done=done, total=total)


def _bring_person(client: ScimClient, person: Person) -> str:
    found = _find(client, "/Users", "userName", person.user_name)
    document = _user_document(person)
    if found is None:
        answer = client.send("POST", "/Users", document)
        return _id(_expect(201, "POST /Users", answer))
    # Okta reads before it writes, and echoes what it has read.
    path = f"/Users/{_id(found)}"
    current = _expect(200, "GET /Users/…", client.get(path))
    return _id(_expect(200, "PUT /Users/…", client.send("PUT", path, {**current, **document})))


def _push_team(client: ScimClient, team: Team, ids: Mapping[str, str]) -> None:
    found = _find(client, "/Groups", "displayName", team.name)
    if found is None:
        document = {"schemas": [urns.GROUP], "displayName": team.name, "members": []}
        found = _expect(201, "POST /Groups", client.send("POST", "/Groups", document))
    path = f"/Groups/{_id(found)}"
    _expect(200, "GET /Groups/…", client.get(path))
    for members in _batches(team.members):
        answer = client.send("PATCH", path, _addition(members, ids))
        if answer.status not in (200, 204):
            raise SyncError("PATCH /Groups/…", answer)


def _find(client: ScimClient, path: str, attribute: str, value: str) -> dict[str, Any] | None:
    # A JSON string is also a filter's string (RFC 7644 §3.4.2.2).
    condition = f"{attribute} eq {json.dumps(value, ensure_ascii=False)}"
    answer = client.get(path, filter=condition, startIndex=1, count=100)
    resources = _expect(200, f"GET {path}", answer).get("Resources")
    return resources[0] if resources else None


def _expect(status: int, request: str, answer: Answer) -> dict[str, Any]:
    document = answer.document
    if answer.status != status or not isinstance(document, dict):
        raise SyncError(request, answer)
    return document


def _id(resource: Mapping[str, Any]) -> str:
    return str(resource["id"])


def _batches(members: tuple[Person, ...]) -> Iterator[tuple[Person, ...]]:
    for start in range(0, len(members), MEMBERS_PER_PATCH):
        yield members[start : start + MEMBERS_PER_PATCH]


def _addition(members: Sequence[Person], ids: Mapping[str, str]) -> dict[str, Any]:
    value = [{"value": ids[one.external_id], "display": one.user_name} for one in members]
    return {
        "schemas": [urns.PATCH_OP],
        "Operations": [{"op": "add", "path": "members", "value": value}],
    }


def _user_document(person: Person) -> dict[str, Any]:
    return {
        "schemas": [urns.USER, urns.ENTERPRISE_USER],
        "userName": person.user_name,
        "name": {"givenName": person.given_name, "familyName": person.family_name},
        "displayName": person.display_name,
        "title": person.title,
        "emails": [{"primary": True, "value": person.user_name, "type": "work"}],
        "phoneNumbers": [{"primary": True, "value": person.phone, "type": "work"}],
        "locale": person.locale,
        "timezone": person.timezone,
        "externalId": person.external_id,
        "groups": [],
        "active": True,
        urns.ENTERPRISE_USER: {
            "employeeNumber": person.employee_number,
            "department": person.department,
        },
    }
