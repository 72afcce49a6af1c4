"""Bearer authentication of a connection (RFC 6750 §2.1).

Must not know how a token is made.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv46_address
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from scim_provisioning import credentials, usage
from scim_provisioning.adapters import registry
from scim_provisioning.credentials import Closed, Reason, Rejected
from scim_provisioning.journal import Client
from scim_provisioning.models import Token

_LONGEST_HEADER = 200
_LONGEST_USER_AGENT = 200


class Directory:
    """Who calls: a workspace's directory. Not a user of the product, and never one."""

    is_authenticated = True
    is_staff = False
    is_superuser = False


class BearerAuthentication(BaseAuthentication):
    """Accepts a live token of the connection that the URL names, and nothing else."""

    def authenticate(self, request: Request) -> tuple[Directory, Token]:
        connection_id = request.parser_context["kwargs"].get("connection", "")
        token = credentials.verify(_bearer_token(request), connection_id=connection_id)
        reason = registry.workspace_adapter().unavailable_reason(token.connection.workspace)
        if reason:
            raise Closed(Reason.UNAVAILABLE, reason)
        client = client_of(request)
        usage.note_request(token.connection)
        credentials.record_use(token, address=client.address, user_agent=client.user_agent)
        return Directory(), token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="SCIM"'


def client_of(request: Request) -> Client:
    """Tell where a request came from; an address that is none, as over a socket, is left out."""
    user_agent = request.META.get("HTTP_USER_AGENT", "")[:_LONGEST_USER_AGENT]
    address = request.META.get("REMOTE_ADDR", "")
    return Client(
        address=address if _is_address(address) else None,
        user_agent="".join(letter for letter in user_agent if letter.isprintable()),
    )


def _bearer_token(request: Request) -> str:
    """Take the token from exactly one header of exactly two words, the first in any case."""
    header = request.META.get("HTTP_AUTHORIZATION", "")
    if not header:
        raise Rejected(Reason.MISSING)
    if len(header) > _LONGEST_HEADER or not header.isascii():
        raise Rejected(Reason.MALFORMED)
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token or " " in token.strip() or "," in token:
        raise Rejected(Reason.MALFORMED)
    return str(token.strip())


def _is_address(text: str) -> bool:
    try:
        validate_ipv46_address(text)
    except ValidationError:
        return False
    return True
