"""Run inside the second host: switch SCIM on and let a directory make a person and a team."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import django

django.setup()

from club.models import Club, Person, Place  # noqa: E402
from django.test import Client  # noqa: E402

from scim_provisioning import connections  # noqa: E402


def main() -> None:
    club = Club.objects.create(slug="rowers")
    Person.objects.create(club=club, name="ruth")
    connection, token = connections.enable(club)
    client = Client(headers={"authorization": f"Bearer {token}"})

    def send(method: str, path: str, body: object = None) -> Any:
        answer = client.generic(
            method,
            urlsplit(connection.base_url).path + path,
            json.dumps(body) if body is not None else "",
            content_type="application/scim+json",
        )
        assert answer.status_code < 300, answer.content
        return json.loads(answer.content) if answer.content else None

    sam = send("POST", "/Users", {"userName": "sam", "displayName": "Sam"})
    team = send("POST", "/Groups", {"displayName": "Eight", "members": [{"value": sam["id"]}]})
    off = [{"op": "replace", "path": "active", "value": "False"}]
    send("PATCH", f"/Users/{sam['id']}", {"Operations": off})
    send("PATCH", f"/Groups/{team['id']}", {"Operations": [{"op": "remove", "path": "members"}]})

    print(
        json.dumps(
            {
                "seen": sorted(each["userName"] for each in send("GET", "/Users")["Resources"]),
                "sam is active": Person.objects.get(name="Sam").is_active,
                "places": Place.objects.count(),
            }
        )
    )


main()
