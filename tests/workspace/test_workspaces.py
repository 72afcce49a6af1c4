"""Workspaces and their mail domains."""

from __future__ import annotations

import pytest

from tests import people
from tests.people import Acme, Globex
from workspace import errors, selectors
from workspace.services import workspaces


def test_the_founder_is_the_owner(acme: Acme) -> None:
    assert list(selectors.active_owners(acme.workspace)) == [acme.olivia]


def test_an_address_in_use_is_refused(acme: Acme) -> None:
    with pytest.raises(errors.SlugTaken):
        workspaces.create_workspace(
            name="Other", slug="acme", owner=people.account("Pat", domain="other.example")
        )


def test_a_claimed_domain_proves_nothing(acme: Acme) -> None:
    workspaces.claim_domain(workspace=acme.workspace, name="acme.example")

    assert not selectors.has_verified_domain(acme.workspace, "ben@acme.example")


def test_a_verified_domain_is_found_in_any_case(acme: Acme) -> None:
    people.verified_domain(acme.workspace, "Acme.Example")

    assert selectors.has_verified_domain(acme.workspace, "Ben@ACME.example")


def test_a_subdomain_is_another_domain(acme: Acme) -> None:
    people.verified_domain(acme.workspace, "acme.example")

    assert not selectors.has_verified_domain(acme.workspace, "ben@evil.acme.example")


def test_two_workspaces_cannot_both_have_proven_a_domain(acme: Acme, globex: Globex) -> None:
    people.verified_domain(acme.workspace, "shared.example")

    with pytest.raises(errors.DomainTaken):
        people.verified_domain(globex.workspace, "shared.example")
