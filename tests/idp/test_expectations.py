"""The rules that recordings are judged by; must not know any recording."""

from __future__ import annotations

from typing import Any

import pytest

from tests.idp.expectations import ABSENT, fault, find

URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
DOCUMENT = {
    "active": True,
    "emails": [{"type": "home", "value": "h"}, {"type": "work", "value": "w"}],
    URN: {"manager": {"value": "7"}},
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("active", True),
        ("emails[0].value", "h"),
        ("emails[2].value", ABSENT),
        ('emails[type eq "work"].value', "w"),
        ("emails[*].value", ["h", "w"]),
        (f"{URN}:manager.value", "7"),
        ("name.givenName", ABSENT),
    ],
)
def test_a_path_leads_to_a_value(path: str, found: Any) -> None:
    assert find(DOCUMENT, path) == found


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (1, 1),
        ([{"a": 1, "b": 2}], {"contains": [{"a": 1}]}),
        (ABSENT, {"empty": True}),
        (ABSENT, {"present": False}),
        (["a"], {"lacks": "b", "length": 1}),
        (3, {"at_least": 3, "type": "integer"}),
        ("abc", {"pattern": "^a"}),
    ],
)
def test_what_is_as_expected_is_no_fault(found: Any, expected: Any) -> None:
    assert fault(found, expected) is None


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (True, 1),
        (ABSENT, None),
        ([{"a": 2}], {"contains": [{"a": 1}]}),
        ("", {"empty": False}),
        (ABSENT, {"present": True}),
        (["b"], {"lacks": "b"}),
        (True, {"type": "integer"}),
        (ABSENT, {"length": 0}),
    ],
)
def test_what_is_not_as_expected_is_a_fault(found: Any, expected: Any) -> None:
    assert fault(found, expected) is not None
