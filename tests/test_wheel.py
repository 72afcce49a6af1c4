"""The wheel that hosts install: the app, whole, and nothing of the product."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
WANTED = ("py.typed", "migrations/0001_initial.py", "simulator/people.py")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("wheel")
    build = ["pip", "wheel", str(ROOT), "--no-deps", "--no-build-isolation", "-w", str(folder)]
    subprocess.run([sys.executable, "-m", *build], check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    return ZipFile(wheel).namelist()


def test_it_holds_only_the_app(names: list[str]) -> None:
    rooms = {name.split("/")[0] for name in names}

    assert rooms == {"scim_provisioning", "django_scim_provisioning-0.1.0.dist-info"}


def test_it_holds_every_file_of_the_app(names: list[str]) -> None:
    app = ROOT / "scim_provisioning"
    files = {
        path.relative_to(ROOT).as_posix()
        for path in app.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert files <= set(names)
    assert {f"scim_provisioning/{name}" for name in WANTED} <= files
