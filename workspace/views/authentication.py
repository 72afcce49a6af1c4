"""API keys at the door of the API; must not know what a key opens."""

from __future__ import annotations

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from workspace.access import enter_with_key
from workspace.errors import NoAccess
from workspace.models import ApiKey, User
from workspace.services.api_keys import note_use


class ApiKeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer wk_…`; sets `request.auth` to the ApiKey."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        scheme, _, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        try:
            api_key = enter_with_key(secret.decode("ascii", errors="replace"))
        except NoAccess as error:
            raise AuthenticationFailed("This API key is not valid, or not any more.") from error
        if api_key.member.user is None:
            raise AuthenticationFailed
        note_use(api_key=api_key)
        return api_key.member.user, api_key

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'
