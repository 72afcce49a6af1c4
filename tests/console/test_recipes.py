"""Where to paste it: each console's own field names, with this workspace's values."""

from __future__ import annotations

import pytest
from django.test import Client

from scim_provisioning.console.recipes import RECIPES, Own
from scim_provisioning.models import Connection
from tests.console.conftest import PAGE


@pytest.mark.parametrize(
    ("provider", "base_url_field", "token_field"),
    [
        ("Okta", "SCIM connector base URL", "Authorization – Bearer"),
        ("Microsoft Entra ID", "Tenant URL", "Secret Token"),
        ("Google Workspace", "Endpoint URL", "Access token"),
        ("JumpCloud", "Base URL", "Token Key"),
    ],
)
def test_each_console_takes_both_values(
    provider: str, base_url_field: str, token_field: str
) -> None:
    (recipe,) = [recipe for recipe in RECIPES if recipe.provider == provider]

    fields = dict(recipe.fields)

    assert fields[base_url_field] is Own.BASE_URL
    assert fields[token_field] is Own.TOKEN


def test_the_page_fills_in_the_base_url(owner: Client, connection: Connection) -> None:
    text = owner.get(PAGE).content.decode()

    assert text.count(f"<code>{connection.base_url}</code>") == len(RECIPES)
