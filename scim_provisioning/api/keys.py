"""The keys that verify a connection's events, for whoever receives them.

The one endpoint without a token: it holds public keys alone. Must not know what they sign.
"""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from scim_provisioning.api.views import ScimView
from scim_provisioning.protocol.errors import NotFound
from scim_provisioning.protocol.keys import as_uuid
from scim_provisioning.webhooks.subscriptions import find_public_keys

MEDIA_TYPE = "application/jwk-set+json"
SECONDS_KEPT = 60
"""By caches; what a new key has signed may be refused for so long, and is sent again."""


class KeysView(ScimView):
    """The same answer whether there is no webhook, no connection, or no such id."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()

    def get(self, request: Request, connection: str) -> Response:
        public_id = as_uuid(connection)
        keys = find_public_keys(public_id) if public_id else None
        if keys is None:
            raise NotFound("There are no keys here.")
        return Response(keys, content_type=MEDIA_TYPE)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code == 200:
            response["Cache-Control"] = f"public, max-age={SECONDS_KEPT}"
        return response

    def _record_refusal(self, exc: Exception) -> None:
        """Leave the owner's journal alone: nobody has shown a credential that was rejected."""
