"""What scim2-tester, a compliance checker, says of a live server; must not know its checks."""

from __future__ import annotations

from collections import Counter

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

from tests.conftest import ScimServer

# A floor: a server that publishes less is checked for less.
CHECKS = 130


def test_the_checker_finds_no_error_and_skips_nothing(scim_server: ScimServer) -> None:
    headers = {"Authorization": f"Bearer {scim_server.token}"}

    with Client(base_url=scim_server.base_url, headers=headers) as transport:
        results = check_server(SyncSCIMClient(transport))

    bad = {Status.ERROR, Status.CRITICAL, Status.SKIPPED}
    found = Counter(one.status.name for one in results)
    assert [f"{one.title}: {one.reason}" for one in results if one.status in bad] == []
    assert found.total() >= CHECKS, found
