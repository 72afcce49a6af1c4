"""A directory's people and groups for tests of filters, sorts and pages, and what a client sees.

Must not know which filter is tested.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.test import TestCase
from django.utils import timezone

from scim_provisioning.journal import Call
from scim_provisioning.models import Connection
from scim_provisioning.operations.create import create
from scim_provisioning.operations.stores import store_for
from scim_provisioning.protocol import urns
from scim_provisioning.protocol.filters import Node, Target, parse_filter
from scim_provisioning.protocol.projection import Projection
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE, ResourceType
from tests import people

PEOPLE: tuple[dict[str, Any], ...] = (
    {
        "userName": "ada@acme.example",
        "externalId": "00uADA",
        "name": {"givenName": "Ada", "familyName": "Lovelace"},
        "displayName": "Ada Lovelace",
        "title": "Engineer",
        "emails": [
            {"value": "ada@acme.example", "type": "work", "primary": True},
            {"value": "ada@home.example", "type": "home"},
        ],
        urns.ENTERPRISE_USER: {"department": "R&D", "manager": {"value": "00uBOB"}},
    },
    {
        "userName": "Bob_1@acme.example",
        "externalId": "00ubob",
        "name": {"givenName": "Bob", "familyName": "Straße"},
        "displayName": "Bob 100%",
        "active": False,
        "emails": [{"value": "Bob_1@acme.example", "type": "home"}],
        "phoneNumbers": [{"value": "+49 30 1234", "type": "mobile"}],
        urns.ENTERPRISE_USER: {"department": "Support", "costCenter": "C-100"},
    },
    {
        "userName": "bobx1@acme.example",
        "name": {"givenName": "BOB", "familyName": "STRASSE"},
        "displayName": "Bob 1000",
        "title": "engineer",
        "nickName": "Bö",
        "timezone": "Europe/Berlin",
        "emails": [{"value": "bobx1@acme.example", "type": "work"}],
        "roles": [{"value": "auditor", "primary": True}, {"value": "Admin"}],
    },
    {
        "userName": "élodie",
        "name": {"formatted": "Élodie Ångström"},
        "displayName": "Élodie",
        "title": "Zoologist",
        "profileUrl": "https://people.example/Elodie",
        "addresses": [{"locality": "Paris", "type": "home"}, {"country": "FR", "type": "work"}],
        "photos": [{"value": "https://pictures.example/E.png"}],
    },
    {
        "userName": "山田",
        "externalId": "00uYAM%",
        "title": '𝛀mega \\ "quoted"',
        "x509Certificates": [{"value": "QUJD"}],
        "entitlements": [{"value": "true", "display": "False"}],
    },
    {"userName": "zoe"},
)
"""Names that differ in case, accents and wildcards; attributes that some have and others lack."""

ADA, BOB, BOBX, ELODIE, YAMADA, ZOE = (person["userName"] for person in PEOPLE)


def connected(workspace: Any) -> Connection:
    """Switch SCIM on for a workspace where nobody is shown yet."""
    return Connection.objects.create(workspace=workspace, enabled_at=timezone.now())


def acme_directory() -> Connection:
    """Fill Acme with the people above and two groups: Ada and Bob, and only Ada."""
    connection = connected(people.acme().workspace)
    users = [provision(connection, USER_TYPE, payload) for payload in PEOPLE]
    ada, bob = ({"value": user["id"]} for user in users[:2])
    provision(connection, GROUP_TYPE, {"displayName": "Ground_Crew", "members": [ada, bob]})
    provision(
        connection,
        GROUP_TYPE,
        {"displayName": "Pilots", "externalId": "g-1", "members": [ada]},
    )
    provision(connection, GROUP_TYPE, {"displayName": "Empty 100%"})
    return connection


def provision(
    connection: Connection, resource_type: ResourceType, payload: dict[str, Any]
) -> dict[str, Any]:
    call = Call(connection=connection, token=None, correlation_id="test")
    return create(call, resource_type, payload, Projection.everything(resource_type))


def matching(connection: Connection, resource_type: ResourceType, node: Node) -> QuerySet[Any]:
    """Give the links that a filter leaves, by age."""
    store = store_for(resource_type)
    return store.visible(connection).filter(store.matching(node, connection)).order_by("id")


def find(connection: Connection, resource_type: ResourceType, text: str) -> list[str]:
    """Name whom a filter finds: user names, or the display names of groups, by age."""
    links = matching(connection, resource_type, parse_filter(text, resource_type))
    name = "user_name" if resource_type is USER_TYPE else "display_name"
    return list(links.values_list(name, flat=True))


def shown(connection: Connection, resource_type: ResourceType) -> list[dict[str, Any]]:
    """Give every resource as a client sees it."""
    store = store_for(resource_type)
    everything = Projection.everything(resource_type)
    links = list(store.visible(connection).order_by("id"))
    return store.represent(connection, links, everything)


def sort_target(name: str, resource_type: ResourceType = USER_TYPE) -> Target:
    """Bind a name that a test sorts by."""
    located = resource_type.locate(name)
    assert located is not None
    return Target(
        schema=located.schema.urn if located.schema else "",
        attribute=located.attribute,
        sub_attribute=located.sub_attribute,
    )


class DirectoryTestCase(TestCase):
    """Tests on Acme's directory, which they only read."""

    connection: ClassVar[Connection]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.connection = acme_directory()

    def users(self, text: str) -> list[str]:
        return find(self.connection, USER_TYPE, text)

    def groups(self, text: str) -> list[str]:
        return find(self.connection, GROUP_TYPE, text)
