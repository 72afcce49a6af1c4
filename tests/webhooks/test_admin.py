"""The Django admin shows webhooks and their log, and never a private key."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from scim_provisioning.models import Webhook
from tests.api.client import Directory
from tests.webhooks.receiver import Receiver
from tests.webhooks.telling import tell
from workspace.models import User


@pytest.fixture
def operator(db: None, client: Client) -> Client:
    client.force_login(User.objects.create_superuser("operator@example.com", "secret"))
    return client


def test_the_private_key_is_not_shown(operator: Client, webhook: Webhook) -> None:
    page = operator.get(reverse("admin:scim_provisioning_webhook_change", args=[webhook.pk])).text

    assert webhook.url in page
    assert "PRIVATE" not in page


def test_the_log_is_listed(
    operator: Client, directory: Directory, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.answers = [418]
    tell(directory.connection)

    page = operator.get(reverse("admin:scim_provisioning_webhookattempt_changelist")).text

    assert "418" in page
