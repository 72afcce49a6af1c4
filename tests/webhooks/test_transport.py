"""Posting to receivers that misbehave, and to those that speak TLS."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from scim_provisioning.webhooks import transport
from scim_provisioning.webhooks.targets import Target, parse
from tests.webhooks.certificates import certificate_of
from tests.webhooks.receiver import Receiver, listening
from tests.webhooks.telling import Names

pytestmark = pytest.mark.usefixtures("inside")


@contextmanager
def answering(*pieces: bytes, pause: float = 0) -> Iterator[Target]:
    """Take one connection and send these pieces, whatever is asked."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                for piece in pieces:
                    connection.sendall(piece)
                    sleep(pause)

        Thread(target=answer, daemon=True).start()
        yield parse(f"http://127.0.0.1:{server.getsockname()[1]}/")


def post(target: Target) -> int:
    return transport.post(target, b"token", content_type="text/plain")


class TestAnswers:
    def test_the_status_is_all_that_is_read(self) -> None:
        with answering(b"HTTP/1.1 204 No Content\r\n", b"x" * 1_000_000) as target:
            assert post(target) == 204

    def test_interim_answers_are_passed_over(self) -> None:
        """RFC 9110 §15.2."""
        with answering(b"HTTP/1.1 103 Early Hints\r\n\r\n", b"HTTP/1.1 202 \r\n\r\n") as target:
            assert post(target) == 202

    @pytest.mark.parametrize("answer", [b"SSH-2.0-x\r\n", b"HTTP/1.1 20\r\n", b"x" * 5000])
    def test_what_is_not_http_is_told_apart(self, answer: bytes) -> None:
        with answering(answer) as target, pytest.raises(transport.NoStatus):
            post(target)

    def test_a_receiver_that_hangs_up_breaks_the_connection(self) -> None:
        with answering() as target, pytest.raises(ConnectionError):
            post(target)


class TestTime:
    @pytest.mark.parametrize("pieces", [(), (b"H", b"T", b"T", b"P", b"/", b"1") * 10])
    def test_a_receiver_can_hold_nobody_for_longer_than_the_deadline(
        self, monkeypatch: pytest.MonkeyPatch, pieces: tuple[bytes, ...]
    ) -> None:
        monkeypatch.setattr(transport, "SECONDS", 0.5)
        begun = monotonic()

        pause = 0.2 if pieces else 2
        with answering(b"", *pieces, pause=pause) as target, pytest.raises(TimeoutError):
            post(target)

        assert monotonic() - begun < 1.5


class TestTls:
    @pytest.fixture
    def secured(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: Names
    ) -> Iterator[Receiver]:
        """A receiver with a certificate of hooks.example, which this machine trusts."""
        certificate, key = certificate_of("hooks.example", tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        names.addresses = {name: ["127.0.0.1"] for name in ("hooks.example", "other.example")}
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.asked_for: list[str | None] = []
        context.sni_callback = lambda _, name, __: self.asked_for.append(name)
        with listening(context) as receiver:
            yield receiver

    def test_the_name_of_the_url_is_asked_for_and_checked(self, secured: Receiver) -> None:
        status = post(parse(f"https://hooks.example:{secured.port}/"))

        assert status == 202
        assert self.asked_for == ["hooks.example"]
        assert secured.received[0].headers["Host"] == f"hooks.example:{secured.port}"

    def test_another_name_s_certificate_is_refused(self, secured: Receiver) -> None:
        with pytest.raises(ssl.SSLCertVerificationError):
            post(parse(f"https://other.example:{secured.port}/"))

        assert secured.received == []

    def test_an_unknown_certificate_is_refused(
        self, secured: Receiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SSL_CERT_FILE")

        with pytest.raises(ssl.SSLCertVerificationError):
            post(parse(f"https://hooks.example:{secured.port}/"))

        assert secured.received == []
