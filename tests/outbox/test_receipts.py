"""The receipt of a deprovisioning: when it was asked, when access was cut, what followed when."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from scim_provisioning import connections
from scim_provisioning.models import Event
from scim_provisioning.outbox import EventName
from scim_provisioning.outbox.receipts import Receipt, receipt
from tests.api.client import Answer, Directory, operation
from tests.outbox.happening import deliver_now, handler
from tests.people import Acme, Globex

CUTS = (EventName.MEMBER_DEACTIVATED, EventName.MEMBER_DELETED)

pytestmark = pytest.mark.usefixtures("no_handlers")


@pytest.fixture
def ben(directory: Directory) -> str:
    return directory.user_id("ben@acme.example")


def deactivate(directory: Directory, user: str) -> Answer:
    return directory.patch(f"/Users/{user}", operation("replace", "active", False))


def written(directory: Directory, user: str) -> Receipt:
    found = receipt(directory.connection, user)
    assert found is not None
    return found


def last_cut() -> Event:
    return Event.objects.filter(name__in=CUTS).latest("pk")


def test_nobody_has_a_receipt_who_has_access(directory: Directory, ben: str) -> None:
    assert receipt(directory.connection, ben) is None


def test_it_names_the_request_and_when_access_was_cut(directory: Directory, ben: str) -> None:
    answer = deactivate(directory, ben)

    paper = written(directory, ben)
    assert paper.event == "member.deactivated"
    assert paper.correlation_id == answer.headers["X-Correlation-Id"]
    assert paper.requested_at < paper.access_cut_at


def test_before_an_effect_is_done_it_is_shown_as_open(directory: Directory, ben: str) -> None:
    handler("stop", *CUTS)

    deactivate(directory, ben)

    paper = written(directory, ben)
    assert [(effect.handler, effect.state) for effect in paper.effects] == [("stop", "OPEN")]
    assert paper.completed_at is None


def test_every_effect_has_its_time(directory: Directory, ben: str) -> None:
    handler("stop", *CUTS)
    handler("withdraw", *CUTS)
    deactivate(directory, ben)

    deliver_now(last_cut())

    paper = written(directory, ben)
    assert [effect.handler for effect in paper.effects] == ["stop", "withdraw"]
    times = [effect.done_at for effect in paper.effects]
    assert None not in times
    assert paper.completed_at is not None


def test_a_deletion_has_one_too(directory: Directory, ben: str) -> None:
    directory.delete(f"/Users/{ben}")

    assert written(directory, ben).event == "member.deleted"


def test_the_last_time_counts(directory: Directory, ben: str) -> None:
    deactivate(directory, ben)
    directory.patch(f"/Users/{ben}", operation("replace", "active", True))
    answer = deactivate(directory, ben)

    assert written(directory, ben).correlation_id == answer.headers["X-Correlation-Id"]


def test_it_can_be_served_as_json(directory: Directory, ben: str) -> None:
    handler("stop", *CUTS)
    deactivate(directory, ben)

    served = json.loads(json.dumps(asdict(written(directory, ben)), cls=DjangoJSONEncoder))

    assert served["scim_id"] == ben
    assert served["effects"][0]["handler"] == "stop"


def test_another_tenant_has_none(
    directory: Directory, ben: str, acme: Acme, globex: Globex
) -> None:
    deactivate(directory, ben)
    carols, _ = connections.enable(globex.workspace)

    assert receipt(carols, ben) is None
