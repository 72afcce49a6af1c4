"""A directory in process: one connection, its token, and requests in SCIM's JSON.

Must not know what a test asks for, nor the server's insides beyond switching SCIM on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import connection as database
from django.db.transaction import atomic, set_rollback
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scim_provisioning import connections
from scim_provisioning.models import Connection
from scim_provisioning.protocol import urns
from workspace.models import Workspace

SCIM_JSON = "application/scim+json"
NOBODY = "00000000-0000-4000-8000-000000000000"
"""A well-formed id that no resource has."""


Configure = Callable[..., None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: Any
    """The parsed JSON; None if there is no body."""

    @property
    def outcome(self) -> tuple[int, str | None]:
        """Give the status and, of a failure, its scimType."""
        is_error = isinstance(self.body, dict) and self.body.get("schemas") == [urns.ERROR]
        return self.status, self.body.get("scimType") if is_error else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """A workspace's directory, which speaks to the workspace's SCIM endpoints."""

    connection: Connection
    token: str

    def get(self, path: str, **query: object) -> Answer:
        return self.send("GET", path, query=query)

    def post(self, path: str, body: object, headers: Mapping[str, str] | None = None) -> Answer:
        return self.send("POST", path, body, headers=headers)

    def put(self, path: str, body: object, headers: Mapping[str, str] | None = None) -> Answer:
        return self.send("PUT", path, body, headers=headers)

    def delete(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.send("DELETE", path, headers=headers)

    def patch(
        self,
        path: str,
        *operations: Mapping[str, object],
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send the operations as one PATCH message (RFC 7644 §3.5.2)."""
        body = {"schemas": [urns.PATCH_OP], "Operations": list(operations)}
        return self.send("PATCH", path, body, headers=headers)

    def bulk(self, *operations: Mapping[str, object], **more: object) -> Answer:
        body = {"schemas": [urns.BULK_REQUEST], "Operations": list(operations), **more}
        return self.post("/Bulk", body)

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        content_type: str = SCIM_JSON,
    ) -> Answer:
        """Send a body as JSON; bytes as they are. A header of "" is left out."""
        sent = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        response = Client(raise_request_exception=False).generic(
            method,
            f"{self.address(path)}{_query_string(query)}",
            _encoded(body),
            content_type=content_type,
            headers={name: value for name, value in sent.items() if value},
        )
        return Answer(
            status=response.status_code,
            headers=response.headers,
            body=json.loads(response.content) if response.content else None,
        )

    def address(self, path: str) -> str:
        """Turn an endpoint such as /Users, or a location from an answer, into the URL's path."""
        if path.startswith(self.connection.base_url):
            return urlsplit(path).path
        return f"{urlsplit(self.connection.base_url).path}{path}"

    def create_user(self, user_name: str, **attributes: object) -> dict[str, Any]:
        """Create a person who must not exist yet; return the representation."""
        answer = self.post("/Users", {"schemas": [urns.USER], "userName": user_name, **attributes})
        assert answer.status == 201, answer.body
        created: dict[str, Any] = answer.body
        return created

    def create_group(self, name: str, *member_ids: str, **attributes: object) -> dict[str, Any]:
        members = [{"value": each} for each in member_ids]
        body = {"schemas": [urns.GROUP], "displayName": name, "members": members, **attributes}
        answer = self.post("/Groups", body)
        assert answer.status == 201, answer.body
        created: dict[str, Any] = answer.body
        return created

    def find(self, endpoint: str, filter: str) -> list[dict[str, Any]]:
        """Return what a filter finds."""
        answer = self.get(endpoint, filter=filter)
        assert answer.status == 200, answer.body
        found: list[dict[str, Any]] = answer.body["Resources"]
        return found

    def user_id(self, user_name: str) -> str:
        [user] = self.find("/Users", f'userName eq "{user_name}"')
        return str(user["id"])

    def group_id(self, name: str) -> str:
        [group] = self.find("/Groups", f'displayName eq "{name}"')
        return str(group["id"])

    def member_ids(self, group_id: str) -> set[str]:
        return {each["value"] for each in self.get(f"/Groups/{group_id}").body["members"]}


def connect(workspace: Workspace) -> Directory:
    """Switch SCIM on for a workspace, as its owner would."""
    connection, token = connections.enable(workspace)
    return Directory(connection=connection, token=token)


def operation(op: str, path: str | None = None, value: object = None) -> dict[str, object]:
    """Write one operation of a PATCH; without a path or a value these are left out."""
    given = {"op": op, "path": path, "value": value}
    return {name: each for name, each in given.items() if each is not None}


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo whatever happens inside."""
    with atomic():
        yield
        set_rollback(True)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the SQL that runs inside; savepoints come from the tests' own transaction."""
    collected: list[str] = []
    with CaptureQueriesContext(database) as captured:
        yield collected
    collected += [
        each["sql"]
        for each in captured.captured_queries
        if not each["sql"].startswith(("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO"))
    ]


def _encoded(body: object) -> bytes:
    if isinstance(body, bytes):
        return body
    return b"" if body is None else json.dumps(body).encode()


def _query_string(query: Mapping[str, object] | None) -> str:
    return f"?{urlencode(query)}" if query else ""
