"""Which URLs a webhook may have."""

from __future__ import annotations

import pytest

from scim_provisioning.webhooks.targets import Target, UnusableUrl, parse


def test_a_url_is_taken_apart() -> None:
    target = parse("https://Hooks.Example:8443/a/b?c=d")

    assert target == Target(scheme="https", host="hooks.example", port=8443, path="/a/b?c=d")
    assert target.origin == "https://hooks.example:8443"


def test_the_usual_port_is_not_named() -> None:
    assert parse("https://hooks.example:443").origin == "https://hooks.example"


def test_an_address_of_ipv6_keeps_its_brackets() -> None:
    assert parse("https://[2606:4700::1]:8443/").authority == "[2606:4700::1]:8443"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example",
        "//hooks.example/",
        "http://hooks.example/",
        "HTTP://hooks.example/",
        "ftp://hooks.example/",
        "file:///etc/passwd",
        "gopher://hooks.example/",
        "https://",
        "https:///path",
        "https://user:password@hooks.example/",
        "https://hooks.example/#fragment",
        "https://hooks.example:0/",
        "https://hooks.example:65536/",
        "https://hooks.example:x/",
        "https://hooks..example/",
        "https://hooks.example%00/",
        "https://hooks.example\\@inside/",
        "https://hooks.example/\r\nHost: inside",
        "https://hooks.example/ x",
        "https://hooks.exämple/",
        "https://[::1%25eth0]/",
        "https://[::1/",
        f"https://hooks.example/{'x' * 500}",
        f"https://{'x' * 64}.example/",
    ],
)
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(UnusableUrl):
        parse(url)
