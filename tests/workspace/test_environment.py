"""The settings' environment readers: right, or loud."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from settings import env
from settings.caches import cache
from settings.databases import database

NAME = "WORKSPACE_TEST_VARIABLE"


@pytest.mark.parametrize(("value", "expected"), [("Yes", True), ("1", True), ("off", False)])
def test_a_boolean_is_read(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv(NAME, value)

    assert env.boolean(NAME) is expected


def test_garbage_is_no_boolean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "perhaps")

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.boolean(NAME)


def test_garbage_is_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "many")

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.integer(NAME, 1)


def test_what_is_required_and_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.required(NAME)


def test_words_are_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "one, two,,")

    assert env.words(NAME) == ["one", "two"]


def test_no_url_means_sqlite_with_writers_in_a_queue() -> None:
    config = database("", default=Path("db.sqlite3"))

    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_postgresql_url_brings_limits() -> None:
    config = database("postgres://user:secret@db.example:5433/name", default=Path())

    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example", 5433, "name")
    assert "lock_timeout=3000" in config["OPTIONS"]["options"]


def test_behind_a_pooler_nothing_hangs_on_a_connection() -> None:
    config = database("postgres://db.example/name", default=Path(), behind_pooler=True)

    assert "options" not in config.get("OPTIONS", {})
    assert config["DISABLE_SERVER_SIDE_CURSORS"] is True


def test_any_other_url_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database("mysql://db.example/name", default=Path())


def test_no_url_means_a_cache_in_memory() -> None:
    assert cache("")["BACKEND"].endswith("LocMemCache")


def test_a_redis_url_brings_limits() -> None:
    config = cache("rediss://:secret@redis.example:6380/1")

    assert config["LOCATION"] == "rediss://:secret@redis.example:6380/1"
    assert max(config["OPTIONS"].values()) < 1


def test_any_other_cache_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL"):
        cache("memcached://cache.example")
