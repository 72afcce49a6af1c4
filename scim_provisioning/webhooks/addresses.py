"""Which addresses a webhook may reach: public ones (OWASP API7:2023).

Must not know what is sent there. Who connects must use what `resolve` returns: a second look-up
could give another answer.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Any

from scim_provisioning import conf

_GLOBAL_UNICAST = IPv6Network("2000::/3")
"""Leaves out what hides an IPv4 address from the check: ::ffff:0:0/96, 64:ff9b::/96."""
_TUNNELS = (IPv6Network("2001::/23"), IPv6Network("2002::/16"))
"""Teredo and 6to4 hold IPv4 addresses as well."""


class NotPublic(Exception):
    """The host has an address inside of the deployment's network, or one that is no host's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An address to connect to, as the socket takes it."""

    family: socket.AddressFamily
    address: tuple[Any, ...]


def resolve(host: str, port: int) -> list[Endpoint]:
    """Look a host up, once, in the order in which to try its addresses.

    One address that is not public spoils them all. Raises NotPublic, and `gaierror` for a name
    that is not found. A look-up takes as long as the system's resolver lets it.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not conf.value("WEBHOOK_PRIVATE_ADDRESSES"):
        for *_, address in found:
            if not is_public(str(address[0])):
                raise NotPublic
    return [Endpoint(family=family, address=address) for family, *_, address in found]


def is_public(text: str) -> bool:
    """Tell whether an address is one that a host on the Internet has."""
    address = ip_address(text)
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    is_tunnel = any(address in network for network in _TUNNELS)
    return address.is_global and address in _GLOBAL_UNICAST and not is_tunnel
