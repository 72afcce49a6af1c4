"""Run the whole suite on SQLite and on PostgreSQL: `python -m tests [pytest arguments]`.

Must not know what is tested. Fails when either run fails, ran nothing, or could not start.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests.databases import URL_VARIABLES, NoPostgreSQL, postgresql, version

RESULTS = Path(".test-results")
WORKERS = ("-n", "2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    database: str
    exit_code: int
    passed: int = 0
    failed: int = 0
    skipped: dict[str, list[str]] = field(default_factory=dict)
    """Reason → the tests that did not run for it."""

    @property
    def is_good(self) -> bool:
        return self.exit_code == 0 and self.passed > 0


def main(arguments: Sequence[str]) -> int:
    RESULTS.mkdir(exist_ok=True)
    outcomes = [_run(f"SQLite {sqlite3.sqlite_version}", None, arguments)]
    try:
        with postgresql() as url:
            outcomes.append(_run(f"PostgreSQL {version(url)}", url, arguments))
    except NoPostgreSQL as problem:
        print(f"\nNo PostgreSQL is named by the environment and none could start: {problem}")
        outcomes.append(Outcome(database="PostgreSQL", exit_code=1))
    _report(outcomes)
    return 0 if all(one.is_good for one in outcomes) else 1


def _run(database: str, url: str | None, arguments: Sequence[str]) -> Outcome:
    print(f"\n=== {database}", flush=True)
    results = RESULTS / f"{database.split()[0].lower()}.xml"
    results.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", *WORKERS, f"--junit-xml={results}", *arguments]
    environment = {name: text for name, text in os.environ.items() if name not in URL_VARIABLES}
    if url is not None:
        environment["DATABASE_URL"] = url
    # pytest exits with 5 when it has run no test: that is a failure too.
    exit_code = subprocess.run(command, env=environment).returncode
    if not results.exists():
        return Outcome(database=database, exit_code=exit_code or 1)
    return _read(database, exit_code, results)


def _read(database: str, exit_code: int, results: Path) -> Outcome:
    cases = ElementTree.parse(results).getroot().findall(".//testcase")
    failed = [one for one in cases if {"failure", "error"} & {child.tag for child in one}]
    skipped: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        reason = case.find("skipped")
        if reason is not None:
            skipped[reason.get("message", "")].append(case.get("name", ""))
    return Outcome(
        database=database,
        exit_code=exit_code,
        passed=len(cases) - len(failed) - sum(map(len, skipped.values())),
        failed=len(failed),
        skipped=dict(skipped),
    )


def _report(outcomes: Sequence[Outcome]) -> None:
    print()
    for one in outcomes:
        for reason, names in one.skipped.items():
            print(f"Not run on {one.database}: {', '.join(names)} ({reason})")
    for one in outcomes:
        skipped = sum(map(len, one.skipped.values()))
        print(f"{one.database}: {one.passed} passed, {one.failed} failed, {skipped} skipped")
        if not one.is_good and not one.failed:
            print(f"{one.database}: the run itself failed (exit code {one.exit_code}).")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
