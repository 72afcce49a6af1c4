"""The simulator's wire, against a server that repeats what it hears; must not know SCIM."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scim_provisioning.simulator.client import ScimClient


class Echo(BaseHTTPRequestHandler):
    """Answers with the request; closes the connection afterwards without saying so."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        heard = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        told = {"path": self.path, "headers": dict(self.headers), "body": heard}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def client() -> Iterator[ScimClient]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever).start()
        with ScimClient(f"http://127.0.0.1:{server.server_port}/scim/", "secret") as client:
            yield client
        server.shutdown()


def test_blanks_in_a_query_are_percent_encoded(client: ScimClient) -> None:
    told = client.get("/Users", filter='userName eq "a b"').document

    assert told["path"] == "/scim/Users?filter=userName%20eq%20%22a%20b%22"


def test_the_token_and_the_media_type_are_sent(client: ScimClient) -> None:
    told = client.send("POST", "/Users", {"userName": "å"}).document

    assert told["headers"]["Authorization"] == "Bearer secret"
    assert told["headers"]["Content-Type"] == "application/scim+json"
    assert told["body"] == '{"userName": "å"}'


def test_bytes_go_out_as_they_are(client: ScimClient) -> None:
    assert client.send("POST", "/Users", b"{").document["body"] == "{"


def test_a_header_is_replaced_whatever_its_case(client: ScimClient) -> None:
    told = client.send("GET", "/Users", headers={"authorization": None, "accept": "*/*"}).document

    assert "Authorization" not in told["headers"]
    assert told["headers"]["accept"] == "*/*"
    assert "Accept" not in told["headers"]


def test_a_connection_that_was_closed_while_idle_is_opened_again(client: ScimClient) -> None:
    client.get("/Users")

    assert client.get("/Groups").document["path"] == "/scim/Groups"


@pytest.mark.parametrize("base_url", ["file:///etc/passwd", "ftp://host/", "host/scim", "http://"])
def test_only_http_addresses_are_taken(base_url: str) -> None:
    with pytest.raises(ValueError, match="base URL"):
        ScimClient(base_url, "secret")
