"""Send SCIM requests and read the answers.

Must not know what any vendor sends, nor anything of the server but its base URL.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import sleep
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode, urlsplit

MEDIA_TYPE = "application/scim+json"
TOO_MANY_REQUESTS = 429

CONNECTIONS = {"http": HTTPConnection, "https": HTTPSConnection}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, whatever the status."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def document(self) -> Any:
        """The JSON of the body; `None` where there is none."""
        try:
            return json.loads(self.body) if self.body else None
        except ValueError:
            return None


class ScimClient:
    """One credential at one base URL, over one connection that is kept open."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float = 60,
        patience: int = 0,
    ) -> None:
        """Prepare a client; nothing is sent. `timeout` is in seconds.

        A request that comes too soon (429) is sent again after the time that the answer names,
        `patience` times. Raises `ValueError` unless the base URL is http or https.
        """
        address = urlsplit(base_url)
        if address.scheme not in CONNECTIONS or not address.hostname:
            raise ValueError("The base URL must begin with http:// or https:// and a host.")
        self._connection = CONNECTIONS[address.scheme](
            address.hostname, address.port, timeout=timeout
        )
        self._patience = patience
        self._prefix = address.path.rstrip("/")
        self._headers = {
            "Accept": MEDIA_TYPE,
            "Authorization": f"Bearer {token}",
            **(headers or {}),
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def get(self, path: str, **parameters: str | int) -> Answer:
        """Read `path`; the parameters become the query, blanks as `%20`."""
        query = f"?{urlencode(parameters, quote_via=quote)}" if parameters else ""
        return self.send("GET", path + query)

    def send(
        self,
        method: str,
        path: str,
        document: Any = None,
        *,
        headers: Mapping[str, str | None] | None = None,
    ) -> Answer:
        """Send one request and return its answer, whatever its status at last.

        `path` follows the base URL, already percent-encoded. A document of `bytes` goes out as it
        is, `None` sends no body, everything else becomes JSON. A header of `None` is left out.
        Raises `OSError` or `HTTPException` when no answer comes.
        """
        body = document if document is None or isinstance(document, bytes) else _encode(document)
        given = self._headers | ({} if body is None else {"Content-Type": MEDIA_TYPE})
        sent = _override(given, headers or {})
        answer = self._send(method, path, body, sent)
        for _ in range(self._patience):
            if answer.status != TOO_MANY_REQUESTS:
                break
            sleep(int(answer.headers.get("retry-after", 1)))
            answer = self._send(method, path, body, sent)
        return answer

    def _send(self, method: str, path: str, body: bytes | None, sent: Mapping[str, str]) -> Answer:
        reused = self._connection.sock is not None
        try:
            return self._exchange(method, path, body, sent)
        except (ConnectionError, HTTPException):
            self.close()
            if not reused:
                raise
        # The server had closed an idle connection: that is no answer to this request.
        return self._exchange(method, path, body, sent)

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        self._connection.request(method, self._prefix + path, body, headers)
        response = self._connection.getresponse()
        return Answer(
            status=response.status,
            headers={name.lower(): value for name, value in response.getheaders()},
            body=response.read(),
        )


def _encode(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def _override(given: Mapping[str, str], wanted: Mapping[str, str | None]) -> dict[str, str]:
    replaced = {name.lower() for name in wanted}
    kept = {name: value for name, value in given.items() if name.lower() not in replaced}
    return kept | {name: value for name, value in wanted.items() if value is not None}
