"""In which order the operations of a bulk request are carried out (RFC 7644 §3.7.1).

Each after those whose bulkIds it refers to; operations that refer to each other in a circle go
together. Must not know how an operation is carried out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush

from scim_provisioning.protocol.messages import BulkOperation
from scim_provisioning.protocol.references import references


def schedule(operations: Sequence[BulkOperation]) -> Iterator[tuple[int, ...]]:
    """Yield indices: one operation at a time in the request's order, or a whole circle.

    Takes time in proportion to the references, circles apart.
    """
    makers = {each.bulk_id: index for index, each in enumerate(operations) if each.bulk_id}
    awaited = {
        index: {makers[name] for name in references(each) if name in makers} - {index}
        for index, each in enumerate(operations)
    }
    dependents: dict[int, list[int]] = defaultdict(list)
    for index, others in awaited.items():
        for other in others:
            dependents[other].append(index)
    ready = [index for index, others in awaited.items() if not others]
    heapify(ready)
    while awaited:
        group = (heappop(ready),) if ready else _smallest_circle(awaited)
        yield group
        for index in group:
            del awaited[index]
        for index in group:
            for dependent in dependents[index]:
                if dependent in awaited:
                    awaited[dependent].discard(index)
                    if not awaited[dependent]:
                        heappush(ready, dependent)


def _smallest_circle(awaited: dict[int, set[int]]) -> tuple[int, ...]:
    """Find operations that wait for nothing but each other."""
    return min((_reachable(index, awaited) for index in awaited), key=len)


def _reachable(start: int, awaited: dict[int, set[int]]) -> tuple[int, ...]:
    found, open_ends = {start}, [start]
    while open_ends:
        new = awaited[open_ends.pop()] - found
        found |= new
        open_ends.extend(new)
    return tuple(sorted(found))
