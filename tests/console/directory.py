"""A directory that calls in: SCIM requests with a live token, a wrong one, or none.

Must not know what a page shows of it.
"""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from scim_provisioning.models import Connection
from scim_provisioning.protocol.urns import PATCH_OP, USER

MEDIA_TYPE = "application/scim+json"


class Directory:
    def __init__(self, connection: Connection, token: str) -> None:
        self.connection = connection
        self.token = token

    def send(
        self, method: str, path: str, body: Any = None, *, token: str | None = None, **headers: str
    ) -> Any:
        """Send one request with the live token, or with what stands in its place."""
        shown = self.token if token is None else token
        if shown:
            headers["Authorization"] = f"Bearer {shown}"
        return Client().generic(
            method,
            f"/scim/v2/{self.connection.public_id}{path}",
            b"" if body is None else _encoded(body),
            content_type=MEDIA_TYPE,
            headers={"User-Agent": "Okta SCIM Client 1.0.0", **headers},
        )

    def add(self, user_name: str, **attributes: Any) -> str:
        """Create a person; returns the SCIM id."""
        body = {"schemas": [USER], "userName": user_name, **attributes}
        answer = self.send("POST", "/Users", body)
        return str(answer.json()["id"])

    def patch(self, path: str, operation: dict[str, Any]) -> Any:
        return self.send("PATCH", path, {"schemas": [PATCH_OP], "Operations": [operation]})


def _encoded(body: Any) -> bytes:
    return json.dumps(body).encode()
