"""The settings of the app, typed and read live from `settings.SCIM_PROVISIONING`.

Must not know what any setting is used for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

DEFAULTS: Mapping[str, Any] = {
    "DOCUMENTATION_URL": "",
    "DEFAULT_PAGE_SIZE": 100,
    "MAX_PAGE_SIZE": 200,
    "MAX_BODY_BYTES": 8 * 1024 * 1024,
    "BULK_MAX_OPERATIONS": 1000,
    "RATE_LIMIT_PER_SECOND": 100,
    "RATE_LIMIT_BURST": 1000,
    "CURSOR_LIFETIME_SECONDS": 3600,
    "TOKEN_LIFETIME_DAYS": 365,
    "RESERVED_GROUP_NAMES": ("Admins", "Owners"),
    "BROKER_URL": "",
    "HANDLER_SECONDS": 60,
    "EVENT_RETENTION_DAYS": 30,
    "JOURNAL_RETENTION_DAYS": 400,
    "WEBHOOK_HTTP": False,
    "WEBHOOK_PRIVATE_ADDRESSES": False,
    "WORKSPACE_FIELD": "",
}
REQUIRED = (
    "BASE_URL",
    "WORKSPACE_MODEL",
    "MEMBER_MODEL",
    "GROUP_MODEL",
    "WORKSPACE_ADAPTER",
    "USER_ADAPTER",
    "GROUP_ADAPTER",
)

_load = lru_cache(maxsize=32)(import_string)


def value(name: str) -> Any:
    """Look one setting up; raises ImproperlyConfigured for a required one that is missing."""
    configured: Mapping[str, Any] = getattr(settings, "SCIM_PROVISIONING", {})
    if name in configured:
        return configured[name]
    if name in DEFAULTS:
        return DEFAULTS[name]
    raise ImproperlyConfigured(f"SCIM_PROVISIONING[{name!r}] is not set.")


def base_url() -> str:
    """Give the public origin of the deployment, without a trailing slash.

    Never taken from a request's Host header: a caller could choose it.
    """
    return cast(str, value("BASE_URL")).rstrip("/")


def load(name: str) -> Any:
    """Import what a setting names by its dotted path; raises ImportError."""
    return _load(value(name))
