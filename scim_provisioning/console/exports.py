"""The activity as a file: CSV for a spreadsheet, JSON for a program.

Must not know which lines were asked for.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields

from django.core.serializers.json import DjangoJSONEncoder

from scim_provisioning.console.activity import Deed

COLUMNS = tuple(field.name for field in fields(Deed))

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(deeds: Iterable[Deed]) -> Iterator[str]:
    """Write a row for each, as they come."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for deed in deeds:
        yield writer.writerow([defused(_cell(value)) for value in asdict(deed).values()])


def as_json(deeds: Iterable[Deed]) -> Iterator[str]:
    """Write one array, as they come."""
    yield "["
    separator = "\n"
    for deed in deeds:
        yield separator + json.dumps(asdict(deed), cls=DjangoJSONEncoder, ensure_ascii=False)
        separator = ",\n"
    yield "\n]\n"


def defused(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cell(value: object) -> str:
    return "" if value is None else str(value)


class _Echo:
    """Gives back what csv writes, so that it can be sent at once."""

    def write(self, row: str) -> str:
        return row
