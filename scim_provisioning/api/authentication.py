"""Bearer authentication of a connection (RFC 6750 §2.1).

Must not know how a token is made.
"""

from __future__ import annotations

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from scim_provisioning import credentials
from scim_provisioning.adapters import registry
from scim_provisioning.models import Token
from scim_provisioning.protocol.errors import Forbidden, Unauthorized

_LONGEST_HEADER = 200


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
            raise Forbidden(reason)
        credentials.record_use(token)
        return Directory(), token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="SCIM"'


def _bearer_token(request: Request) -> str:
    """Take the token from exactly one header of exactly two words, the first in any case."""
    header = request.META.get("HTTP_AUTHORIZATION", "")
    if not header or len(header) > _LONGEST_HEADER or not header.isascii():
        raise Unauthorized
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token or " " in token.strip() or "," in token:
        raise Unauthorized
    return str(token.strip())
