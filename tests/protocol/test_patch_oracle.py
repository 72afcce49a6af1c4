"""PATCH does what scim2-models does, wherever both follow the RFC (RFC 7644 §3.5.2)."""

from __future__ import annotations

import contextlib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from scim2_models import EnterpriseUser, PatchOp, SCIMException, User

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.documents import canonicalise
from scim_provisioning.protocol.errors import ScimError
from scim_provisioning.protocol.patch import compile_patch
from scim_provisioning.protocol.schemas import USER_TYPE
from tests.protocol.patching import ENTERPRISE, message

Oracle = User[EnterpriseUser]

WORDS = st.sampled_from(["A", "B", "C"])
TYPES = st.sampled_from(["work", "home"])


def _element(value: str, purpose: str, display: str | None) -> dict[str, Any]:
    shown = {"display": display} if display else {}
    return {"value": f"{value}@example.com", "type": purpose, **shown}


ELEMENTS = st.builds(_element, WORDS, TYPES, st.none() | WORDS)


@st.composite
def elements(draw: st.DrawFn) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = draw(st.lists(ELEMENTS, min_size=1, max_size=3))
    unlike = list({(each["value"], each["type"]): each for each in found}.values())
    if draw(st.booleans()):
        unlike[0]["primary"] = True
    return unlike


NAMES = st.fixed_dictionaries({}, optional={"givenName": WORDS, "familyName": WORDS}).filter(bool)
DOCUMENTS = st.fixed_dictionaries(
    {"userName": WORDS},
    optional={
        "title": WORDS,
        "name": NAMES,
        "emails": elements(),
        ENTERPRISE: st.fixed_dictionaries({"department": WORDS}),
    },
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "title": WORDS,
    "userName": WORDS,
    "name": NAMES,
    "name.givenName": WORDS,
    "emails": elements(),
    'emails[type eq "work"]': ELEMENTS,
    'emails[type eq "work"].display': WORDS,
    'emails[value sw "a"].type': TYPES,
    f"{ENTERPRISE}:department": WORDS,
}


@st.composite
def operations(draw: st.DrawFn) -> dict[str, Any]:
    path = draw(st.sampled_from(sorted(VALUES)))
    op = draw(st.sampled_from(["add", "replace", "remove"]))
    if op == "remove":
        removable = path if path != "userName" else "title"
        return {"op": "remove", "path": removable}
    return {"op": op, "path": path, "value": draw(VALUES[path])}


def by_oracle(document: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any] | None:
    user = Oracle.model_validate({"schemas": [urns.USER, urns.ENTERPRISE_USER], **document})
    try:
        PatchOp[Oracle].model_validate(patch).patch(user)
    except (SCIMException, ValueError):
        return None
    return canonicalise(user.model_dump(), USER_TYPE)


def by_us(document: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any] | None:
    with contextlib.suppress(ScimError):
        return compile_patch(patch, USER_TYPE, tolerances=()).apply(document)
    return None


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, st.lists(operations(), min_size=1, max_size=4))
def test_both_come_to_the_same_document(
    document: dict[str, Any], given_operations: list[dict[str, Any]]
) -> None:
    """Without the tolerances of the table; what is not compared, and why:

    - `add` with null, and removing what is required: both refuse, with different scimTypes;
    - the manager: a new `value` drops the old `$ref` here.
    """
    known = canonicalise(document, USER_TYPE)
    patch = message(*given_operations)

    assert by_us(known, patch) == by_oracle(known, patch)
