"""The vocabulary of events, in code and in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

from scim_provisioning.outbox import EventName

PAGE = Path(__file__).parents[2] / "docs" / "events.md"


def test_the_documentation_names_every_event_and_no_other() -> None:
    documented = re.findall(r"^\| `([a-z_.]+)` \|", PAGE.read_text(), re.MULTILINE)

    assert documented == [name.value for name in EventName]


def test_an_event_is_named_by_its_subject_and_what_happened() -> None:
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", name) for name in EventName)
