"""A webhook's receiver that really listens, and answers as it is told.

Must not know what it is sent, nor who sends it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Thread
from typing import Any

import jwt


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def header(self) -> dict[str, Any]:
        return jwt.get_unverified_header(self.body)

    @property
    def claims(self) -> dict[str, Any]:
        claims: dict[str, Any] = jwt.decode(self.body, options={"verify_signature": False})
        return claims


@dataclass(slots=True, kw_only=True)
class Receiver:
    port: int
    answers: list[int] = field(default_factory=list)
    """The statuses to answer with, one after the other; then 202."""
    location: str = ""
    received: list[Received] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.origin}/events?from=acme"


@contextmanager
def listening(context: SSLContext | None = None) -> Iterator[Receiver]:
    """Listen on a free port of the loopback interface; in TLS where a context is given."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.received.append(
                Received(path=self.path, headers=dict(self.headers), body=body)
            )
            self.send_response(receiver.answers.pop(0) if receiver.answers else 202)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.end_headers()
            self.wfile.write(b"x" * 100_000)

        def do_GET(self) -> None:
            receiver.received.append(Received(path=self.path, headers={}, body=b""))

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # it hangs up on us
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver = Receiver(port=server.server_port)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
