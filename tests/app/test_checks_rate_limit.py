"""What `manage.py check` says of a rate limit."""

from __future__ import annotations

import pytest
from django.core.checks import CheckMessage, run_checks
from pytest_django import Settings

from scim_provisioning.checks import check_settings, check_shared_cache

BACKENDS = "django.core.cache.backends"


def ids(settings: Settings, **values: object) -> list[str | None]:
    settings.SCIM_PROVISIONING = {**settings.SCIM_PROVISIONING, **values}
    return [message.id for message in check_settings(None)]


def with_cache(settings: Settings, backend: str) -> list[CheckMessage]:
    settings.CACHES = {"default": {"BACKEND": f"{BACKENDS}.{backend}", "LOCATION": "redis://x"}}
    return check_shared_cache(None)


def test_the_defaults_are_right(settings: Settings) -> None:
    assert ids(settings) == []


@pytest.mark.parametrize("off", [None, 0])
def test_off_is_right(settings: Settings, off: int | None) -> None:
    assert ids(settings, RATE_LIMIT_PER_SECOND=off, RATE_LIMIT_BURST=None) == []


@pytest.mark.parametrize(
    ("per_second", "burst"),
    [(-1, 1000), ("100", 1000), (True, 1000), (100, None), (100, 99), (100, 1000.0), (100, "1000")],
)
def test_what_makes_no_sense_is_an_error(
    settings: Settings, per_second: object, burst: object
) -> None:
    found = ids(settings, RATE_LIMIT_PER_SECOND=per_second, RATE_LIMIT_BURST=burst)

    assert found == ["scim_provisioning.E007"]


@pytest.mark.parametrize(("per_second", "found"), [(24.9, ["scim_provisioning.W002"]), (25, [])])
def test_less_than_entra_needs_is_warned_of(
    settings: Settings, per_second: float, found: list[str]
) -> None:
    assert ids(settings, RATE_LIMIT_PER_SECOND=per_second) == found


@pytest.mark.parametrize(("most", "found"), [(1001, ["scim_provisioning.W003"]), (1000, [])])
def test_bulk_requests_larger_than_the_burst_are_warned_of(
    settings: Settings, most: int, found: list[str]
) -> None:
    assert ids(settings, BULK_MAX_OPERATIONS=most) == found


@pytest.mark.parametrize(
    ("backend", "count"),
    [("locmem.LocMemCache", 1), ("dummy.DummyCache", 1), ("redis.RedisCache", 0)],
)
def test_a_cache_for_each_process_is_warned_of(
    settings: Settings, backend: str, count: int
) -> None:
    found = [message.id for message in with_cache(settings, backend)]

    assert found == ["scim_provisioning.W004"] * count


def test_only_a_deployment_is_warned_of_its_cache(settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": f"{BACKENDS}.locmem.LocMemCache"}}

    asked, deployed = (
        {message.id for message in run_checks(include_deployment_checks=deployment)}
        for deployment in (False, True)
    )

    assert "scim_provisioning.W004" in deployed - asked


def test_without_a_limit_any_cache_will_do(settings: Settings) -> None:
    settings.SCIM_PROVISIONING = {**settings.SCIM_PROVISIONING, "RATE_LIMIT_PER_SECOND": None}

    assert with_cache(settings, "locmem.LocMemCache") == []
