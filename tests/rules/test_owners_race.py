"""Of two owners deactivated at the same moment exactly one stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import people
from tests.api.client import Answer, Directory, operation
from tests.rules.racing import at_once
from workspace import selectors
from workspace.services import members_by_hand

pytestmark = pytest.mark.django_db(transaction=True)

Cut = Callable[[Directory, str], Answer]
CUTS: dict[str, Cut] = {
    "PATCH": lambda directory, user: directory.patch(user, operation("replace", "active", False)),
    "DELETE": lambda directory, user: directory.delete(user),
}


@pytest.mark.parametrize("first", CUTS.values(), ids=CUTS.keys())
@pytest.mark.parametrize("second", CUTS.values(), ids=CUTS.keys())
def test_one_is_refused(directory: Directory, acme: people.Acme, first: Cut, second: Cut) -> None:
    members_by_hand.change_role(member=acme.adam, role="OWNER", by=acme.olivia)
    olivia, adam = (f"/Users/{directory.user_id(who.email)}" for who in (acme.olivia, acme.adam))

    answers = at_once(lambda: first(directory, olivia), lambda: second(directory, adam))

    assert sorted(answer.status == 403 for answer in answers) == [False, True]
    assert selectors.active_owners(acme.workspace).count() == 1
