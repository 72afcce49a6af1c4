"""Choose the cache from one URL; must not know what is kept there."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

# Seconds. Only counts are kept: a request is not to wait for them.
REDIS_LIMITS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}


def cache(url: str) -> dict[str, Any]:
    """Return Redis when a URL names one, else the memory of each process for itself."""
    if not url:
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            # Django's 300 are three for each of a hundred workspaces.
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured(
            "CACHE_URL must start with redis://, rediss:// or unix://, or be left out."
        )
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "OPTIONS": REDIS_LIMITS,
    }
