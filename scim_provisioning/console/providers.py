"""Which identity provider it was, by what its client calls itself.

Must not know what a provider sends besides.
"""

from __future__ import annotations

from collections.abc import Mapping

_MARKS: Mapping[str, str] = {
    "okta": "Okta",
    "microsoft": "Microsoft Entra ID",
    "azure": "Microsoft Entra ID",
    "google": "Google Workspace",
    "jumpcloud": "JumpCloud",
    "onelogin": "OneLogin",
    "rippling": "Rippling",
    "pingfederate": "PingFederate",
    "pingone": "PingOne",
    "authentik": "authentik",
    "keycloak": "Keycloak",
    "ssosync": "AWS ssosync",
}
"""What a User-Agent holds (tests/idp/), to the name that people know."""


def provider(user_agent: str) -> str:
    """Name the provider; the client's own name where it is none of the known, "" if it has none."""
    lowered = user_agent.lower()
    for mark, name in _MARKS.items():
        if mark in lowered:
            return name
    return user_agent.partition("/")[0][:40]
