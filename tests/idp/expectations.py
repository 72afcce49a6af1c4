"""Compare a JSON answer with what a recording expects of it.

Must not know how the answer came about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

STEP = re.compile(
    r"""[.:]?(?:
        \[(?P<index>\d+|\*)\]
      | \[(?P<attribute>\w+)\ eq\ "(?P<value>[^"]*)"\]
      | (?P<name>urn:[\w.:]+:User(?=:) | [$\w]+)
    )""",
    re.VERBOSE,
)

TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}


class _Absent:
    def __repr__(self) -> str:
        return "nothing"


ABSENT = _Absent()


def find(document: Any, path: str) -> Any:
    """Return what `path` leads to: `ABSENT` when nowhere, a list when it holds `[*]`."""
    found = [document]
    position = 0
    while position < len(path):
        step = STEP.match(path, position)
        if step is None:
            raise ValueError(f"{path!r} is no path.")
        found = [inner for outer in found for inner in _descend(outer, step)]
        position = step.end()
    if "[*]" in path:
        return found
    return found[0] if found else ABSENT


def fault(found: Any, expected: Any) -> str | None:
    """Say in what `found` is not as expected; `None` when it is."""
    if not isinstance(expected, Mapping):
        return None if _same(found, expected) else f"{found!r} instead of {expected!r}"
    broken = [
        f"{rule} {wanted!r}" for rule, wanted in expected.items() if not RULES[rule](found, wanted)
    ]
    return f"{found!r} breaks {' and '.join(broken)}" if broken else None


def _descend(node: Any, step: re.Match[str]) -> list[Any]:
    if step["name"] is not None:
        return [node[step["name"]]] if isinstance(node, dict) and step["name"] in node else []
    if not isinstance(node, list):
        return []
    if step["index"] == "*":
        return node
    if step["index"] is not None:
        return node[int(step["index"]) :][:1]
    wanted = step["value"]
    return [one for one in node if isinstance(one, dict) and one.get(step["attribute"]) == wanted][
        :1
    ]


def _same(found: Any, expected: Any) -> bool:
    # In Python True equals 1; in JSON it does not.
    return isinstance(found, bool) is isinstance(expected, bool) and bool(found == expected)


def _is_empty(found: Any) -> bool:
    return found is ABSENT or found in (None, "", [], {})


def _covers(found: Any, wanted: Any) -> bool:
    if isinstance(found, dict) and isinstance(wanted, dict):
        return all(_covers(found.get(name, ABSENT), inner) for name, inner in wanted.items())
    return _same(found, wanted)


def _contains(found: Any, wanted: list[Any]) -> bool:
    return isinstance(found, list) and all(any(_covers(one, w) for one in found) for w in wanted)


def _has_type(found: Any, wanted: str) -> bool:
    return isinstance(found, TYPES[wanted]) and (wanted == "boolean") is isinstance(found, bool)


RULES: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": lambda found, wanted: _has_type(found, "integer") and found >= wanted,
    "contains": _contains,
    "empty": lambda found, wanted: _is_empty(found) is wanted,
    "lacks": lambda found, wanted: found is ABSENT or wanted not in found,
    "length": lambda found, wanted: found is not ABSENT and len(found) == wanted,
    "pattern": lambda found, wanted: isinstance(found, str) and bool(re.search(wanted, found)),
    "present": lambda found, wanted: (found is not ABSENT) is wanted,
    "type": _has_type,
}
