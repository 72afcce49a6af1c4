"""Every recorded conversation, held with a live server; must not know their contents."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ScimServer
from tests.idp.conversation import hold, read

FOLDER = Path(__file__).parent
RECORDINGS = sorted(FOLDER.glob("*/*.json"))


@pytest.mark.parametrize(
    "recording", RECORDINGS, ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_the_conversation_goes_as_recorded(recording: Path, scim_server: ScimServer) -> None:
    conversation = read(recording)
    known = {"base_url": scim_server.base_url, "token": scim_server.token}

    with scim_server.client() as client:
        faults = hold(conversation, client, known)

    assert faults == []
