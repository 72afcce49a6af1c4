"""The Django app and what it does at start.

Must not know the host.
"""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScimProvisioningConfig(AppConfig):
    name = "scim_provisioning"
    verbose_name = _("Directory provisioning")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from scim_provisioning import checks  # noqa: F401  # registers the system checks
        from scim_provisioning.webhooks import delivery  # noqa: F401  # handles events
