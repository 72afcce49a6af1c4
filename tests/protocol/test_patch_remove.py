"""PATCH remove (RFC 7644 §3.5.2.2)."""

from __future__ import annotations

from typing import Any

import pytest

from scim_provisioning.protocol import urns
from scim_provisioning.protocol.errors import InvalidPath, InvalidValue, NoTarget
from tests.protocol.patching import ENTERPRISE, operation, patched

CAROL: dict[str, Any] = {"userName": "carol"}
WORK = {"value": "carol@example.com", "type": "work"}
HOME = {"value": "carol@home.example", "type": "home"}
WITH_EMAILS = {**CAROL, "emails": [WORK, HOME]}


def remove(path: str | None, **value: Any) -> dict[str, Any]:
    return operation("remove", path, **value)


@pytest.mark.parametrize("path", [None, "", urns.USER])
def test_a_path_to_an_attribute_is_needed(path: str | None) -> None:
    """RFC 7644 §3.5.2.2: an unspecified path is 400 noTarget."""
    with pytest.raises(NoTarget):
        patched(CAROL, remove(path))


def test_a_single_value_becomes_unassigned() -> None:
    carol = {**CAROL, "title": "Boss", "name": {"givenName": "C"}}

    assert patched(carol, remove("title"), remove("name.givenName")) == CAROL


@pytest.mark.parametrize("path", ["userName", f"{urns.USER}:username"])
def test_a_required_attribute_stays(path: str) -> None:
    with pytest.raises(InvalidValue, match="userName is required"):
        patched(CAROL, remove(path))


def test_all_elements_are_removed_without_a_condition() -> None:
    """RFC 7644 §3.5.2.2: the attribute and all values are removed."""
    assert patched(WITH_EMAILS, remove("emails")) == CAROL


def test_the_selected_elements_are_removed() -> None:
    """RFC 7644 §3.5.2.2, its own example."""
    path = 'emails[type eq "work" and value ew "example.com"]'

    assert patched(WITH_EMAILS, remove(path))["emails"] == [HOME]


def test_the_last_element_takes_the_attribute_along() -> None:
    """RFC 7644 §3.5.2.2: without remaining records the attribute is unassigned."""
    assert patched({**CAROL, "emails": [HOME]}, remove('emails[type eq "home"]')) == CAROL


def test_one_part_of_the_selected_elements_is_removed() -> None:
    carol = {**CAROL, "emails": [{**WORK, "display": "Work"}, HOME]}

    assert patched(carol, remove('emails[type eq "work"].display')) == WITH_EMAILS


def test_an_element_without_its_value_is_gone() -> None:
    """Entra removes a number by its value (entra/patch_oddities.json)."""
    assert patched(WITH_EMAILS, remove('emails[type eq "work"].value'))["emails"] == [HOME]


@pytest.mark.parametrize(
    "path", ["title", "name", "manager", "phoneNumbers", 'emails[type eq "fax"]', ENTERPRISE]
)
def test_what_is_not_there_is_removed_silently(path: str) -> None:
    assert patched(WITH_EMAILS, remove(path)) == WITH_EMAILS


def test_an_extension_is_removed_by_its_urn() -> None:
    carol = {**CAROL, ENTERPRISE: {"department": "R&D", "manager": {"value": "boss"}}}

    assert patched(carol, remove(ENTERPRISE)) == CAROL


@pytest.mark.parametrize(
    "value", [[{"value": "CAROL@example.com"}], {"value": "carol@example.com", "type": "work"}]
)
def test_a_list_of_values_removes_only_those(value: Any) -> None:
    """Outside of the RFC; Entra does so with members (entra/group_lifecycle.json)."""
    assert patched(WITH_EMAILS, remove("emails", value=value))["emails"] == [HOME]


def test_a_listed_value_must_fit_in_all_its_parts() -> None:
    listed = [{"value": "carol@example.com", "type": "home"}]

    assert patched(WITH_EMAILS, remove("emails", value=listed)) == WITH_EMAILS


def test_elements_without_value_are_listed_by_their_parts() -> None:
    berlin, paris = {"locality": "Berlin", "type": "work"}, {"locality": "Paris"}
    carol = {**CAROL, "addresses": [berlin, paris]}

    document = patched(carol, remove("addresses", value=[{"locality": "BERLIN"}]))

    assert document["addresses"] == [paris]


def test_an_unknown_attribute_is_an_invalid_path() -> None:
    with pytest.raises(InvalidPath, match="shoeSize is not an attribute of User"):
        patched(CAROL, remove("shoeSize"))
