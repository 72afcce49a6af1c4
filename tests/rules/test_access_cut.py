"""`active: false` and DELETE cut access with the answer, whatever the person holds."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import people
from tests.api.client import Directory, rolled_back
from tests.rules.access import SEAMS, WAYS_IN, Seam, WayIn, invitation_link
from tests.workspace.browsing import signed_in
from workspace.models import Member


def test_nothing_that_a_person_holds_survives_any_seam(
    directory: Directory, acme: people.Acme
) -> None:
    survivors = []
    for credential, hold in WAYS_IN.items():
        for name, cut in SEAMS.items():
            with rolled_back():
                if _survives(directory, hold(acme), cut):
                    survivors.append(f"{credential} survives {name}")

    print(f"\n{len(WAYS_IN)} credentials x {len(SEAMS)} seams: {len(survivors)} survivors")
    assert survivors == []


@pytest.mark.parametrize("cut", SEAMS.values(), ids=SEAMS.keys())
def test_an_invitation_says_that_it_was_withdrawn(
    directory: Directory, acme: people.Acme, cut: Seam
) -> None:
    pending = WAYS_IN["invitation"](acme).holder
    link = invitation_link(pending)

    cut(directory, directory.user_id(pending.email), pending.email)

    assert Client().get(link).status_code == 410
    assert not pending.invitations.get().is_open


def test_other_workspaces_of_the_person_stay_open(
    directory: Directory, acme: people.Acme, globex: people.Globex
) -> None:
    Member.objects.create(workspace=globex.workspace, user=acme.ben.user, name="Ben")
    browser = signed_in(acme.ben)

    SEAMS["DELETE"](directory, directory.user_id(acme.ben.email), acme.ben.email)

    assert browser.get("/workspaces/acme/members/").status_code == 403
    assert browser.get("/workspaces/globex/members/").status_code == 200


def _survives(directory: Directory, way_in: WayIn, cut: Seam) -> bool:
    email = way_in.holder.email
    with rolled_back():
        assert way_in.opens(), "It has to open before it is cut."
    answer = cut(directory, directory.user_id(email), email)
    assert answer.status in {200, 201, 204}, answer.body
    return way_in.opens()
