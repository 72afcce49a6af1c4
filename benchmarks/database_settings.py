"""The connection that all three servers have; must not know a server."""

from __future__ import annotations

from typing import Any

from settings.databases import postgresql


def connection(url: str) -> dict[str, Any]:
    """Connect as production does, but so that every statement's cost is seen.

    Connections last: a backend that ends takes its count along. No parallel workers: they live
    too shortly to be counted.
    """
    config = postgresql(url)
    limits = f"{config['OPTIONS']['options']} -c max_parallel_workers_per_gather=0"
    return {**config, "CONN_MAX_AGE": None, "OPTIONS": {**config["OPTIONS"], "options": limits}}
