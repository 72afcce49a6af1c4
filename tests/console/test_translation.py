"""German is complete, and what is shipped is compiled from what is written."""

from __future__ import annotations

import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

import scim_provisioning
from scim_provisioning.models import Connection
from tests.conftest import missing
from tests.console.conftest import PAGE

APP = Path(scim_provisioning.__file__).parent
CATALOGUE = Path("locale/de/LC_MESSAGES")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue as it would be if it were made anew from the sources."""
    if shutil.which("xgettext") is None:
        missing("gettext is not installed")
    copy = tmp_path_factory.mktemp("app") / "app"
    shutil.copytree(APP, copy, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "django", "makemessages", "--locale=de", "--no-location"]
    plain = {name: text for name, text in os.environ.items() if not name.startswith("DJANGO")}
    subprocess.run(command, cwd=copy, env=plain, check=True, capture_output=True)
    return copy / CATALOGUE / "django.po"


@pytest.mark.parametrize("fault", ["--untranslated", "--only-fuzzy", "--only-obsolete"])
def test_nothing_is_missing_fuzzy_or_left_over(fault: str, extracted: Path) -> None:
    found = subprocess.run(
        ["msgattrib", fault, str(extracted)], check=True, capture_output=True, text=True
    )

    assert found.stdout == ""


def test_the_compiled_catalogue_is_that_of_the_text(tmp_path: Path) -> None:
    if shutil.which("msgfmt") is None:
        missing("gettext is not installed")
    source, compiled = APP / CATALOGUE / "django.po", tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", compiled, source], check=True)

    assert _messages(compiled) == _messages(APP / CATALOGUE / "django.mo")


def test_the_page_speaks_german(owner: Client, connection: Connection, settings: Settings) -> None:
    settings.LANGUAGE_CODE = "de"

    text = owner.get(PAGE).content.decode()

    assert "Wartet auf die erste Anfrage" in text
    assert "Token wechseln" in text
    assert "Waiting for the first request" not in text


def _messages(catalogue: Path) -> dict[object, str]:
    with catalogue.open("rb") as file:
        messages: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # there is no other way to all of them
    return {key: text for key, text in messages.items() if key}
