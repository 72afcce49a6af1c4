"""Play an identity provider against the connection, in one transaction that is rolled back.

The requests take the way of real ones, but for the network. Nothing remains and nothing goes out:
mail and events wait for a commit that never comes. Must not know what any endpoint does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.urls import get_script_prefix, resolve, reverse
from django.utils.translation import gettext as _

from scim_provisioning import credentials
from scim_provisioning.console.actions import NotEnabled, Unavailable
from scim_provisioning.console.dialects import SCIM, Dialect, Document
from scim_provisioning.console.overview import State, state_of
from scim_provisioning.models import Connection
from scim_provisioning.protocol import urns

_HERE = "127.0.0.1"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One request of the conversation, and how it went."""

    title: str
    request: str
    status: int
    is_good: bool
    detail: str
    """What the server said of a failure."""


class _Stopped(Exception):
    """A step failed that the next ones need."""


def rehearse(workspace: Any, dialect: Dialect) -> list[Step]:
    """Play the provider's test and the life of a person and a group; returns the steps.

    Ends at the first step that fails. Raises NotEnabled, Unavailable.
    """
    state = state_of(workspace)
    if state is State.PAUSED or state is State.UNAVAILABLE:
        raise Unavailable
    if state is not State.ENABLED:
        raise NotEnabled
    with transaction.atomic():
        connection = Connection.objects.select_for_update().get(pk=workspace.pk)
        credentials.revoke_all(connection)  # rolled back with the rest: room for one more
        _token, text = credentials.mint(connection=connection)
        conversation = _Conversation(connection, dialect, text)
        try:
            conversation.play()
        except _Stopped:
            pass
        finally:
            transaction.set_rollback(True)
    return conversation.steps


class _Conversation:
    def __init__(self, connection: Connection, dialect: Dialect, token: str) -> None:
        path = reverse("scim_provisioning:base", kwargs={"connection": connection.public_id})
        self.prefix = "/" + path.removeprefix(get_script_prefix()).strip("/")
        self.dialect = dialect
        self.token = token
        self.steps: list[Step] = []
        self.name = f"check-{uuid4().hex[:12]}@scim-check.invalid"

    def play(self) -> None:
        dialect = self.dialect
        self.ask(_("Test the connection"), "GET", dialect.probe)
        self.ask(_("Look for a person who is not there"), "GET", dialect.lookup)
        person = self._person()
        created = self.ask(_("Add the person"), "POST", "/Users", person, expected={201})
        place = f"/Users/{created['id']}"
        if dialect.has_groups:
            self._play_group(str(created["id"]))
        self.ask(_("Deactivate the person"), *self._activity(place, created, active=False))
        self.ask(_("See that the person is inactive"), "GET", place, holds={"active": False})
        self.ask(_("Reactivate the person"), *self._activity(place, created, active=True))
        self.ask(_("See that the person is active"), "GET", place, holds={"active": True})
        if dialect.deletes_people:
            self.ask(_("Remove the person"), "DELETE", place, expected={204})
            self.ask(_("See that the person is gone"), "GET", place, expected={404})

    def ask(
        self,
        title: str,
        method: str,
        path: str,
        document: Document | None = None,
        *,
        expected: Collection[int] = (200, 204),
        holds: Document | None = None,
    ) -> Document:
        """Send one request and judge its answer; `holds` is what the answer must say."""
        status, answer = self._send(method, path.replace("{name}", self.name), document)
        is_good = status in expected and (holds or {}).items() <= answer.items()
        step = Step(
            title=title,
            request=f"{method} {_UUID.sub('…', path.partition('?')[0])}",
            status=status,
            is_good=is_good,
            detail="" if is_good else str(answer.get("detail", "")),
        )
        self.steps.append(step)
        if not is_good:
            raise _Stopped
        return answer

    def _play_group(self, member_id: str) -> None:
        dialect = self.dialect
        name = f"SCIM check {uuid4().hex[:8]}"
        document = {"schemas": [urns.GROUP], "displayName": name}
        group = self.ask(_("Add a group"), "POST", "/Groups", document, expected={201})
        place = f"/Groups/{group['id']}"
        self.ask(_("Put the person in"), "PATCH", place, dialect.add_member(member_id))
        self.ask(_("Take the person out"), "PATCH", place, dialect.remove_member(member_id))
        self.ask(_("Remove the group"), "DELETE", place, expected={204})

    def _person(self) -> Document:
        return {
            "schemas": [urns.USER],
            "userName": self.name,
            "externalId": uuid4().hex,
            "displayName": "SCIM Check",
            "name": {"givenName": "SCIM", "familyName": "Check"},
            "emails": [{"value": self.name, "type": "work", "primary": True}],
            "active": True,
            **self.dialect.more,
        }

    def _activity(self, place: str, created: Document, *, active: bool) -> Sequence[Any]:
        method, body = self.dialect.set_active(created, active)
        return method, place, body

    def _send(self, method: str, path: str, document: Document | None) -> tuple[int, Document]:
        place, _question, query = path.partition("?")
        body = b"" if document is None else json.dumps(document).encode()
        request = WSGIRequest(
            {
                "REQUEST_METHOD": method,
                "PATH_INFO": self.prefix + place,
                "QUERY_STRING": query,
                "CONTENT_TYPE": "" if document is None else self.dialect.media_type,
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_ACCEPT": SCIM,
                "HTTP_AUTHORIZATION": f"Bearer {self.token}",
                "HTTP_USER_AGENT": self.dialect.user_agent,
                "REMOTE_ADDR": _HERE,
                "SERVER_NAME": "localhost",
                "SERVER_PORT": "80",
                "wsgi.input": BytesIO(body),
                "wsgi.url_scheme": "https",
            }
        )
        view, arguments, named = resolve(request.path_info)
        response = view(request, *arguments, **named).render()
        return response.status_code, json.loads(response.content) if response.content else {}
