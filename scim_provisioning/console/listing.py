"""One page of a list, with the way to the next.

Must not know what is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Paginator

PAGE_SIZE = 50

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[Line]):
    lines: Sequence[Line]
    total: int
    page: int
    previous: int | None
    next: int | None


def listing(
    rows: Any, page: int, describe: Callable[[Sequence[Any]], Sequence[Line]]
) -> Listing[Line]:
    """Describe the rows of one page; a page beyond the last is the last. One query to count."""
    found = Paginator(rows, PAGE_SIZE).get_page(page)
    return Listing(
        lines=describe(list(found.object_list)),
        total=found.paginator.count,
        page=found.number,
        previous=found.number - 1 if found.has_previous() else None,
        next=found.number + 1 if found.has_next() else None,
    )
