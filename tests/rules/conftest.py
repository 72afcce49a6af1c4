"""Acme and its directory, and Globex with its own; must not know what a test is about."""

from __future__ import annotations

from tests.api.conftest import acme, directory, globex, globex_directory

__all__ = ["acme", "directory", "globex", "globex_directory"]
