"""Fill this project's tables: one person and group over its own operations, the rest as sets.

Must not know the other servers, though hand-written views read the same tables.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import django


def main(people: int, group_sizes: Sequence[int]) -> None:
    """Print where the server is to be asked, and with which token."""
    django.setup()
    from django.core.management import call_command

    from benchmarks.project import rows

    call_command("migrate", verbosity=0)
    connection, token = rows.enable()
    if people:
        rows.fill(connection, people, group_sizes)
    answer: dict[str, Any] = {"path": f"/scim/v2/{connection.public_id}", "token": token}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(int(sys.argv[1]), [int(each) for each in sys.argv[2:]])
