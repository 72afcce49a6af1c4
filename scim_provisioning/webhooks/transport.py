"""Post to a receiver that nobody here trusts: one address, one answer, five seconds.

Must not know what is posted. No redirect is followed, no proxy asked, nothing of a body read.
"""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass
from time import monotonic

from scim_provisioning.webhooks.addresses import Endpoint, resolve
from scim_provisioning.webhooks.targets import Target

SECONDS = 5.0
"""For all of it but the look-up of the name: connection, handshake, request and answer."""
MOST_READ = 1024
"""Bytes; an answer's status stands at its beginning."""

# RFC 9112 §4. Interim answers (1xx) are passed over (RFC 9110 §15.2).
_STATUS = re.compile(rb"^HTTP/1\.[01] ([2-5][0-9]{2})[ \r]", re.MULTILINE)


class NoStatus(Exception):
    """The receiver does not answer in HTTP."""


@dataclass(frozen=True, slots=True)
class Deadline:
    moment: float

    def set_on(self, connection: socket.socket) -> None:
        """Let the next call on a socket end by then; raises TimeoutError."""
        left = self.moment - monotonic()
        if left <= 0:
            raise TimeoutError
        connection.settimeout(left)


def post(target: Target, body: bytes, *, content_type: str) -> int:
    """Send one request and return the status of its answer.

    Raises OSError for what goes wrong on the way, NotPublic, NoStatus.
    """
    endpoints = resolve(target.host, target.port)
    deadline = Deadline(monotonic() + SECONDS)
    with _secured(_connect(endpoints, deadline), target, deadline) as connection:
        deadline.set_on(connection)
        connection.sendall(_request(target, body, content_type))
        return _status(connection, deadline)


def _connect(endpoints: list[Endpoint], deadline: Deadline) -> socket.socket:
    """Connect to the first address that answers."""
    problem: OSError | None = None
    for endpoint in endpoints:
        connection = socket.socket(endpoint.family, socket.SOCK_STREAM)
        try:
            deadline.set_on(connection)
            connection.connect(endpoint.address)
        except OSError as its_problem:
            connection.close()
            problem = its_problem
        else:
            return connection
    raise problem or ConnectionError


def _secured(connection: socket.socket, target: Target, deadline: Deadline) -> socket.socket:
    """Shake hands as the name in the URL, whatever address it is."""
    if target.scheme == "http":
        return connection
    try:
        deadline.set_on(connection)
        context = ssl.create_default_context()
        return context.wrap_socket(connection, server_hostname=target.host)
    except BaseException:
        connection.close()
        raise


def _request(target: Target, body: bytes, content_type: str) -> bytes:
    head = (
        f"POST {target.path} HTTP/1.1",
        f"Host: {target.authority}",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body)}",
        "Accept: application/json",
        "User-Agent: django-scim-provisioning",
        "Connection: close",
    )
    return "\r\n".join([*head, "", ""]).encode("ascii") + body


def _status(connection: socket.socket, deadline: Deadline) -> int:
    """Read as far as the status; how fast it comes is the receiver's choice, how long is ours."""
    read = b""
    while len(read) < MOST_READ:
        deadline.set_on(connection)
        more = connection.recv(MOST_READ - len(read))
        read += more
        if found := _STATUS.search(read):
            return int(found[1])
        if not more:
            break
    if not read:
        raise ConnectionResetError
    raise NoStatus
