"""One id from the request to its journal entry, its events, their handlers and all log lines."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from scim_provisioning.correlation import (
    CorrelationFilter,
    correlated,
    current_correlation_id,
)
from scim_provisioning.models import Event, JournalEntry
from scim_provisioning.outbox import EventName
from settings.logs import JsonFormatter
from tests import people
from tests.api.client import connect
from tests.outbox.happening import handler

PROVISIONED = EventName.MEMBER_PROVISIONED


@pytest.fixture
def logs(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """The log as a host's console would have it."""
    traced = CorrelationFilter()
    caplog.handler.addFilter(traced)
    yield caplog
    caplog.handler.removeFilter(traced)


@pytest.mark.django_db(transaction=True)
def test_a_request_has_one_id_up_to_its_handlers(
    no_handlers: None, logs: pytest.LogCaptureFixture
) -> None:
    directory = connect(people.acme().workspace)
    ids: list[str] = []

    def work() -> None:
        ids.append(current_correlation_id())
        logging.getLogger("host").error("At work.")

    handler("working", PROVISIONED, then=work)

    answer = directory.post("/Users", {"userName": "nia@acme.example"})

    ours = answer.headers["X-Correlation-Id"]
    [line] = [record for record in logs.records if record.name == "host"]
    assert ids == [ours]
    assert getattr(line, "correlation_id", None) == ours
    assert JournalEntry.objects.get().correlation_id == ours
    assert Event.objects.get(name=PROVISIONED).correlation_id == ours


def test_a_callers_id_stands_beside_ours(
    no_handlers: None, db: None, logs: pytest.LogCaptureFixture
) -> None:
    with correlated("ours", caller_id="req-7f3a"):
        logging.getLogger("host").error("Here.")

    assert getattr(logs.records[-1], "caller_id", None) == "req-7f3a"
    assert getattr(logs.records[-1], "correlation_id", None) == "ours"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("header", ["X-Request-Id", "X-Correlation-Id"])
def test_what_the_caller_calls_a_request_is_not_taken_for_ours(header: str) -> None:
    directory = connect(people.acme().workspace)

    answer = directory.get("/Users", headers={header: "req-7f3a"})

    assert answer.status == 200
    assert answer.headers["X-Correlation-Id"] != "req-7f3a"


@pytest.mark.parametrize("text", ["two\nlines", "x" * 65, "a b", "ünsafe", '"}'])
def test_what_could_break_a_line_is_dropped(logs: pytest.LogCaptureFixture, text: str) -> None:
    with correlated("ours", caller_id=text):
        logging.getLogger("host").error("Here.")

    assert getattr(logs.records[-1], "caller_id", None) == ""


def test_outside_of_everything_there_is_none(logs: pytest.LogCaptureFixture) -> None:
    with correlated("ours"):
        pass

    logging.getLogger("host").error("Later.")

    assert getattr(logs.records[-1], "correlation_id", None) == ""


def test_a_structured_line_is_one_json_object(logs: pytest.LogCaptureFixture) -> None:
    with correlated("ours"):
        try:
            raise RuntimeError("line\nbreak")
        except RuntimeError:
            logging.getLogger("host").exception("It is %s.", "broken")

    text = JsonFormatter().format(logs.records[-1])

    line = json.loads(text)
    assert "\n" not in text
    assert (line["level"], line["message"], line["correlation_id"]) == (
        "ERROR",
        "It is broken.",
        "ours",
    )
    assert "RuntimeError" in line["exception"]
