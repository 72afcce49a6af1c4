"""All that is stored, to show that nothing has changed.

Must not know any table by name; the journal, which also tells of refusals, is left out.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps

from scim_provisioning.models import JournalEntry

Snapshot = dict[str, list[dict[str, Any]]]


def snapshot() -> Snapshot:
    """Give every row of the product's and of the app's tables."""
    models = [
        *apps.get_app_config("workspace").get_models(),
        *apps.get_app_config("scim_provisioning").get_models(),
    ]
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in models
        if model is not JournalEntry
    }
