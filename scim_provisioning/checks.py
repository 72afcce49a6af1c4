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
from django.db.models import Model

from scim_provisioning import conf
from scim_provisioning.adapters.contract import REQUIRED_METHODS

_ENTRA_PER_SECOND = 25
_CACHES_OF_ONE_PROCESS = ("LocMemCache", "DummyCache")
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
        *_check_workspace_field(configured),
        *_check_adapters(),
        *_check_base_url(),
        *_check_rate_limit(),
    ]


@register(deploy=True)
def check_shared_cache(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    backend = settings.CACHES["default"]["BACKEND"]
    if not backend.endswith(_CACHES_OF_ONE_PROCESS) or not conf.value("RATE_LIMIT_PER_SECOND"):
        return []
    return [
        Warning(
            "Each server process counts requests for itself: the rate limit is so many times as "
            "high, and the page shows a part of the day's requests.",
            hint="Let CACHES['default'] be Redis or memcached, or have one process.",
            id="scim_provisioning.W004",
        )
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


def _check_workspace_field(configured: dict[str, Any]) -> list[CheckMessage]:
    field = configured.get("WORKSPACE_FIELD")
    if not field:
        return []
    models = (configured[name] for name in ("MEMBER_MODEL", "GROUP_MODEL"))
    return [
        Error(
            f"SCIM_PROVISIONING['WORKSPACE_FIELD'] is {field!r}, and {label} has no "
            "UniqueConstraint over it and the primary key.",
            hint="Add one without a condition, or leave the setting out.",
            id="scim_provisioning.E008",
        )
        for label in models
        if _is_model(label) and not _has_row_key(apps.get_model(label), field)
    ]


def _has_row_key(model: type[Model], field: str) -> bool:
    row = {field, model._meta.pk.name}
    return any(set(each.fields) == row for each in model._meta.total_unique_constraints)


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


def _check_rate_limit() -> list[CheckMessage]:
    per_second, burst = conf.value("RATE_LIMIT_PER_SECOND"), conf.value("RATE_LIMIT_BURST")
    if per_second is None or (_is_number(per_second) and per_second == 0):
        return []
    if not (_is_number(per_second) and isinstance(burst, int) and 0 < per_second <= burst):
        return [
            Error(
                "SCIM_PROVISIONING's RATE_LIMIT_PER_SECOND is no positive number, or "
                "RATE_LIMIT_BURST no whole number as large.",
                hint="RATE_LIMIT_PER_SECOND of None or 0 switches the limit off.",
                id="scim_provisioning.E007",
            )
        ]
    return [*_check_rate(per_second), *_check_burst(burst)]


def _check_rate(per_second: float) -> list[CheckMessage]:
    if per_second >= _ENTRA_PER_SECOND:
        return []
    return [
        Warning(
            "RATE_LIMIT_PER_SECOND is below the 25 that Microsoft Entra ID needs.",
            id="scim_provisioning.W002",
        )
    ]


def _check_burst(burst: int) -> list[CheckMessage]:
    most = conf.value("BULK_MAX_OPERATIONS")
    if most <= burst:
        return []
    return [
        Warning(
            f"One Bulk request may hold {most} operations, more than RATE_LIMIT_BURST ({burst}): "
            "with such requests a directory can exceed the rate.",
            id="scim_provisioning.W003",
        )
    ]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
