"""Say an event as a security event token (RFC 8417) in SCIM's vocabulary (RFC 9967).

Ids and names of attributes only: a receiver that may know more asks for the resource. Must not
know where it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import jwt
from django.utils import timezone

from scim_provisioning import conf
from scim_provisioning.models import Connection, Event, Webhook
from scim_provisioning.outbox.events import EventName
from scim_provisioning.webhooks import keys

MEDIA_TYPE = "application/secevent+jwt"

_PREFIX = "urn:ietf:params:scim:event"
_ENDPOINTS = {"member": "Users", "group": "Groups"}
_FIRST_REFUSED_STATUS = 400
_VERIFICATION = "https://schemas.openid.net/secevent/ssf/event-type/verification"
"""OpenID Shared Signals Framework 1.0 §8.1.4.1; SCIM has no event that says nothing."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What RFC 9967 calls an event; a notice names the attributes."""

    urn: str
    is_notice: bool = False


_CREATED = Meaning(f"{_PREFIX}:prov:create:notice", is_notice=True)
_CHANGED = Meaning(f"{_PREFIX}:prov:patch:notice", is_notice=True)
_DELETED = Meaning(f"{_PREFIX}:prov:delete")
_ADDED = Meaning(f"{_PREFIX}:feed:add")

MEANINGS: Mapping[EventName, Meaning] = {
    EventName.MEMBER_PROVISIONED: _CREATED,
    EventName.MEMBER_LINKED: _ADDED,
    EventName.MEMBER_UPDATED: _CHANGED,
    EventName.MEMBER_EMAIL_CHANGED: _CHANGED,
    EventName.MEMBER_DEACTIVATED: Meaning(f"{_PREFIX}:prov:deactivate"),
    EventName.MEMBER_REACTIVATED: Meaning(f"{_PREFIX}:prov:activate"),
    EventName.MEMBER_DELETED: _DELETED,
    EventName.GROUP_CREATED: _CREATED,
    EventName.GROUP_LINKED: _ADDED,
    EventName.GROUP_UPDATED: _CHANGED,
    EventName.GROUP_MEMBERS_CHANGED: _CHANGED,
    EventName.GROUP_DELETED: _DELETED,
}
"""The events that are told; those of tokens and of the connection are the workspace's own."""


def sign(claims: Mapping[str, Any], webhook: Webhook) -> bytes:
    """Make a token of claims."""
    text = jwt.encode(
        dict(claims),
        keys.read_key(webhook.private_key),
        algorithm=keys.ALGORITHM,
        headers={"typ": "secevent+jwt", "kid": webhook.key_id},
    )
    return text.encode()


def claims(event: Event, *, audience: str) -> dict[str, Any]:
    """Describe an event (RFC 8417 §2.2, RFC 9967 §2), the same way in each attempt to send it.

    One query where it names attributes.
    No `externalId` in the subject (RFC 9967 §2.1): many directories put an address there.
    """
    meaning = MEANINGS[EventName(event.name)]
    endpoint = _ENDPOINTS[event.name.split(".")[0]]
    return {
        "iss": conf.base_url(),
        "aud": audience,
        "iat": int(event.created_at.timestamp()),
        "jti": str(event.pk),
        "txn": event.correlation_id,
        "sub_id": {"format": "scim", "uri": f"/{endpoint}/{event.payload['scim_id']}"},
        "events": {
            meaning.urn: {"attributes": _changed_attributes(event)} if meaning.is_notice else {}
        },
    }


def verification(connection: Connection, *, audience: str) -> dict[str, Any]:
    """Describe an event that says only that events arrive."""
    return {
        "iss": conf.base_url(),
        "aud": audience,
        "iat": int(timezone.now().timestamp()),
        "jti": uuid4().hex,
        "sub_id": {"format": "opaque", "id": str(connection.public_id)},
        "events": {_VERIFICATION: {}},
    }


def _changed_attributes(event: Event) -> list[str]:
    """Name what the request changed (RFC 9967 §2.2), as the journal has it."""
    entries = event.connection.journal.filter(
        scim_id=event.payload["scim_id"],
        correlation_id=event.correlation_id,
        status__lt=_FIRST_REFUSED_STATUS,
    )
    return sorted({name for names in entries.values_list("changed", flat=True) for name in names})
