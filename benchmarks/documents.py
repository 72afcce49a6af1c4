"""The people and groups of a benchmark, as a directory words them.

Person and group number n are the same everywhere. Must not know a server.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from scim_provisioning.protocol import urns

SPARE_PEOPLE = 200
"""How many people more than asked for there are, in no group."""

NEW = 10_000_000
"""The number of the first person who is not there before a scenario makes them."""


def user_name(number: int) -> str:
    return f"person.{number}@acme.example"


def external_id(number: int) -> str:
    return f"00u{number:017}"


def display_name(number: int) -> str:
    return f"Person Number{number}"


def group_name(size: int) -> str:
    return f"Group of {size}"


def made_id(kind: str, number: int) -> UUID:
    """Make the id that `md5('<kind> <number>')::uuid` makes in the database."""
    return UUID(hashlib.md5(f"{kind} {number}".encode(), usedforsecurity=False).hexdigest())


def user_document(number: int, *, title: str = "Engineer") -> dict[str, Any]:
    """Describe a person as Okta does."""
    return {
        "schemas": [urns.USER, urns.ENTERPRISE_USER],
        "userName": user_name(number),
        "externalId": external_id(number),
        "name": {"givenName": "Person", "familyName": f"Number{number}"},
        "displayName": display_name(number),
        "title": title,
        "emails": [{"value": user_name(number), "type": "work", "primary": True}],
        "phoneNumbers": [{"value": "+49 30 901820", "type": "work", "primary": True}],
        "locale": "de-DE",
        "timezone": "Europe/Berlin",
        "active": True,
        urns.ENTERPRISE_USER: {"employeeNumber": str(number), "department": "Engineering"},
    }


def group_document(name: str, member_ids: Iterable[str] = ()) -> dict[str, Any]:
    return {
        "schemas": [urns.GROUP],
        "displayName": name,
        "members": [{"value": each} for each in member_ids],
    }


def patch(*operations: dict[str, Any]) -> dict[str, Any]:
    return {"schemas": [urns.PATCH_OP], "Operations": list(operations)}


def member_operation(verb: str, member_ids: Iterable[str]) -> dict[str, Any]:
    """Word a change of members so that every server understands it, as Entra does."""
    return {"op": verb, "path": "members", "value": [{"value": each} for each in member_ids]}
