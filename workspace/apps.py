"""The product as a Django app; must not do work at import."""

from __future__ import annotations

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "workspace"
    verbose_name = "Workspaces"

    def ready(self) -> None:
        from workspace import scim

        scim.connect()
