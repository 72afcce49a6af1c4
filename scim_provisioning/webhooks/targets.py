"""Where a webhook goes: the URLs that are allowed, taken apart once.

Must not know what a host name resolves to (addresses.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from scim_provisioning import conf

MAX_LENGTH = 500

_PORTS = {"https": 443, "http": 80}
_PRINTABLE = re.compile(r"[!-~]+")
_HOST_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")


class UnusableUrl(ValueError):
    """No webhook can go there; the text says why, to whoever typed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    scheme: str
    """`https`, or `http` where the deployment allows it."""
    host: str
    """A name or an address; one of IPv6 without its brackets."""
    port: int
    path: str
    """With the query."""

    @property
    def authority(self) -> str:
        """What stands in the Host header (RFC 9110 §7.2): no port where it is the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"


def parse(url: str) -> Target:
    """Take a URL apart; raises UnusableUrl."""
    if len(url) > MAX_LENGTH or not _PRINTABLE.fullmatch(url):
        raise UnusableUrl(
            _("The URL has to be ASCII without spaces, of %(most)d characters at most.")
            % {"most": MAX_LENGTH}
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise UnusableUrl(_("This is no URL.")) from problem
    if parts.scheme not in _schemes():
        raise UnusableUrl(_("The URL has to begin with https://."))
    if "@" in parts.netloc or parts.fragment:
        raise UnusableUrl(_("The URL can hold neither a user name nor a fragment."))
    host = parts.hostname or ""
    if port == 0 or not _is_host(host):
        raise UnusableUrl(_("The URL names no host."))
    return Target(
        scheme=parts.scheme,
        host=host,
        port=port or _PORTS[parts.scheme],
        path=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
    )


def _schemes() -> frozenset[str]:
    return frozenset(_PORTS) if conf.value("WEBHOOK_HTTP") else frozenset({"https"})


def _is_host(text: str) -> bool:
    if ":" not in text:
        return _HOST_NAME.fullmatch(text) is not None
    try:
        return IPv6Address(text).scope_id is None
    except ValueError:
        return False
