"""The Django admin: a look at events, and a parked one taken up again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from scim_provisioning.models import Event
from scim_provisioning.outbox import EventName
from scim_provisioning.outbox.delivery import MOST_ATTEMPTS
from tests.api.client import Directory
from tests.outbox.happening import deliver_now, handler, happen
from workspace.models import User

UPDATED = EventName.MEMBER_UPDATED
LIST = "admin:scim_provisioning_event_changelist"

pytestmark = pytest.mark.usefixtures("no_handlers")


@pytest.fixture
def parked(directory: Directory) -> Event:
    def breaks() -> None:
        raise RuntimeError

    handler("broken", UPDATED, then=breaks)
    [event] = happen(directory.connection, UPDATED)
    for _ in range(MOST_ATTEMPTS):
        deliver_now(event)
    return event


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def replay(client: Client, event: Event) -> None:
    client.post(reverse(LIST), {"action": "replay_parked", "_selected_action": [event.pk]})
    event.refresh_from_db()


@pytest.fixture
def operator(db: None) -> Client:
    return signed_in(User.objects.create_superuser("operator@example.com", "secret"))


def test_events_are_listed_and_shown(operator: Client, parked: Event) -> None:
    page = reverse("admin:scim_provisioning_event_change", args=[parked.pk])

    assert "member.updated" in operator.get(reverse(LIST), {"failures": "parked"}).text
    assert "0 events" in operator.get(reverse(LIST), {"failures": "failing"}).text
    assert "RuntimeError in breaks" in operator.get(page).text


def test_a_parked_event_is_replayed(operator: Client, parked: Event) -> None:
    mended = handler("broken", UPDATED)

    replay(operator, parked)

    assert mended == ["member.updated b"]
    assert parked.done_at is not None


def test_who_may_only_look_replays_nothing(parked: Event) -> None:
    onlooker = User.objects.create(email="onlooker@example.com", is_staff=True)
    onlooker.user_permissions.add(Permission.objects.get(codename="view_event"))

    replay(signed_in(onlooker), parked)

    assert parked.parked_at is not None
