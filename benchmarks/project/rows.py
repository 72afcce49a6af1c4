"""The rows of this project's tables, as sets.

Must not know the other servers.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from benchmarks.copying import FIRST, continue_keys, copy_row, next_key
from benchmarks.documents import SPARE_PEOPLE, group_document, user_document
from scim_provisioning import connections
from scim_provisioning.journal import Call
from scim_provisioning.models import Connection, GroupLink, UserLink, UserValue
from scim_provisioning.operations.create import create
from scim_provisioning.protocol.projection import Projection
from scim_provisioning.protocol.schemas import GROUP_TYPE, USER_TYPE
from workspace.models import Group, GroupMembership, Member, User, Workspace
from workspace.services import accounts, workspaces

_EMAIL = "'person.' || n || '@acme.example'"
_NAME = "'Person Number' || n"
_KEY = "'person number' || n"
_EXTERNAL_ID = "'00u' || lpad(n::text, 17, '0')"
_ADDRESS = (
    f"jsonb_build_array(pattern.attributes->'emails'->0 || jsonb_build_object('value', {_EMAIL}))"
)
_ATTRIBUTES = (
    f"pattern.attributes || jsonb_build_object('userName', {_EMAIL}, 'displayName', {_NAME},"
    f" 'externalId', {_EXTERNAL_ID}, 'emails', {_ADDRESS},"
    " 'name', jsonb_build_object('givenName', 'Person', 'familyName', 'Number' || n))"
)


def enable() -> tuple[Connection, str]:
    """Make a workspace with a limit of seats, as a customer has, and switch SCIM on."""
    owner = accounts.create_account(
        name="Olivia", email="olivia@acme.example", password=secrets.token_hex()
    )
    workspace = workspaces.create_workspace(
        name="Acme",
        slug="acme",
        owner=owner,
        plan=Workspace.Plan.ENTERPRISE,
        seat_limit=1_000_000,
    )
    return connections.enable(workspace)


def fill(
    connection: Connection, people: int, group_sizes: Sequence[int], *, spare: int = SPARE_PEOPLE
) -> None:
    """Make the people, some more who are in no group, and groups of the first so many."""
    call = Call(connection=connection, token=None, correlation_id="benchmark")
    everything = Projection.parse(None, None, USER_TYPE)
    person = create(call, USER_TYPE, user_document(0), everything)
    group = create(call, GROUP_TYPE, group_document("Pattern", [person["id"]]), everything)
    _copy_people(UserLink.objects.get(scim_id=person["id"]), people + spare)
    for number, size in enumerate(group_sizes, 1):
        _copy_group(GroupLink.objects.get(scim_id=group["id"]), number, size)
    continue_keys(User, Member, UserLink, Group, GroupLink)


def _copy_people(link: UserLink, count: int) -> None:
    key = f"{FIRST} + n"
    names = {"name": _NAME, "email": _EMAIL, "email_key": _EMAIL}
    copy_row(link.member.user, count, names)
    copy_row(link.member, count, {"user_id": key, **names})
    copy_row(
        link,
        count,
        {
            "member_id": key,
            "scim_id": "md5('user ' || n)::uuid",
            "external_id": _EXTERNAL_ID,
            "user_name": _EMAIL,
            "user_name_key": _EMAIL,
            "display_name_key": _KEY,
            "attributes": _ATTRIBUTES,
        },
    )
    for value in link.values.all():
        copy_row(value, count, {"id": next_key(UserValue), "link_id": key, **_value(value)})


def _value(value: UserValue) -> Mapping[str, str]:
    if value.attribute != "emails":
        return {}
    return {
        "value_key": _EMAIL,
        "comparable": f"pattern.comparable || jsonb_build_object('value', {_EMAIL})",
    }


def _copy_group(link: GroupLink, number: int, size: int) -> None:
    membership = GroupMembership.objects.get(group=link.group)
    key, name = str(FIRST + number), f"'Group of {size}'"
    copy_row(link.group, 1, {"id": key, "name": name, "name_key": f"lower({name})"})
    names = {"display_name": name, "display_name_key": f"lower({name})"}
    identity = {"id": key, "group_id": key, "scim_id": f"md5('group {size}')::uuid"}
    copy_row(link, 1, {**identity, **names})
    copy_row(
        membership,
        size,
        {"id": next_key(GroupMembership), "group_id": key, "member_id": f"{FIRST} + n"},
    )
