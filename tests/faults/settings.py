"""Production, with a lease that is short enough to wait for; must not differ otherwise in delivery.

The broker, the database and the address come from the environment, as they do in production.
"""

from __future__ import annotations

from settings.production import *  # noqa: F403
from settings.production import INSTALLED_APPS, SCIM_PROVISIONING

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.apps.FaultsConfig"]
SCIM_PROVISIONING = {
    **SCIM_PROVISIONING,
    "HANDLER_SECONDS": 3,
}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SECURE_SSL_REDIRECT = False
