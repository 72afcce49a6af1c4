"""System checks: what `manage.py check` says of a wrong installation.

Each has a stable id, so that a host can silence it. Must not query the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from scim_provisioning import conf
from scim_provisioning.adapters.contract import REQUIRED_METHODS

_MODELS = ("WORKSPACE_MODEL", "MEMBER_MODEL", "GROUP_MODEL")


@register()
def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    configured = getattr(settings, "SCIM_PROVISIONING", None)
    if not isinstance(configured, dict):
        return [
            Error(
                "settings.SCIM_PROVISIONING is not a dict.",
                hint="See the README's section on installing.",
                id="scim_provisioning.E001",
            )
        ]
    missing = [name for name in conf.REQUIRED if not configured.get(name)]
    if missing:
        return [
            Error(
                f"SCIM_PROVISIONING lacks {', '.join(missing)}.",
                id="scim_provisioning.E002",
            )
        ]
    return [
        *_check_names(configured),
        *_check_models(configured),
        *_check_adapters(),
        *_check_base_url(),
    ]


def _check_names(configured: dict[str, Any]) -> list[CheckMessage]:
    unknown = sorted(configured.keys() - set(conf.REQUIRED) - conf.DEFAULTS.keys())
    if not unknown:
        return []
    return [
        Warning(
            f"SCIM_PROVISIONING holds names that mean nothing: {', '.join(unknown)}.",
            id="scim_provisioning.W001",
        )
    ]


def _check_models(configured: dict[str, Any]) -> list[CheckMessage]:
    return [
        Error(
            f"SCIM_PROVISIONING[{name!r}] names no installed model: {configured[name]!r}.",
            hint="Write it as 'app_label.Model'.",
            id="scim_provisioning.E003",
        )
        for name in _MODELS
        if not _is_model(configured[name])
    ]


def _is_model(label: object) -> bool:
    try:
        apps.get_model(str(label))
    except (LookupError, ValueError):
        return False
    return True


def _check_adapters() -> list[CheckMessage]:
    messages: list[CheckMessage] = []
    for setting, required in REQUIRED_METHODS.items():
        try:
            adapter = conf.load(setting)
        except ImportError as problem:
            messages.append(
                Error(
                    f"SCIM_PROVISIONING[{setting!r}] can't be imported: {problem}.",
                    id="scim_provisioning.E004",
                )
            )
            continue
        lacking = [name for name in required if not hasattr(adapter, name)]
        if lacking:
            messages.append(
                Error(
                    f"{adapter.__qualname__} lacks {', '.join(lacking)}.",
                    hint=f"Subclass the base class in scim_provisioning.adapters ({setting}).",
                    id="scim_provisioning.E005",
                )
            )
    return messages


def _check_base_url() -> list[CheckMessage]:
    parts = urlsplit(conf.base_url())
    if parts.scheme in {"http", "https"} and parts.netloc and not parts.query:
        return []
    return [
        Error(
            "SCIM_PROVISIONING['BASE_URL'] is not an absolute http(s) URL.",
            id="scim_provisioning.E006",
        )
    ]
