"""Fill the django-scim2 project's tables as sets; must not know the other servers."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence

import django

TOKEN = "benchmark"  # noqa: S105  # opens made-up people only


def main(people: int, group_sizes: Sequence[int]) -> None:
    """Print where the server is to be asked, and with which token."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    _fill(people, group_sizes)
    sys.stdout.write(json.dumps({"path": "/scim/v2", "token": TOKEN}))


def _fill(people: int, group_sizes: Sequence[int]) -> None:
    from benchmarks.copying import FIRST, continue_keys, copy_row, next_key
    from benchmarks.django_scim2.models import Group, Token, User
    from benchmarks.documents import SPARE_PEOPLE

    person = User.objects.create(username="pattern", first_name="Person", scim_username="pattern")
    Token.objects.create(digest=hashlib.sha256(TOKEN.encode()).hexdigest(), user=person)
    email, key = "'person.' || n || '@acme.example'", f"{FIRST} + n"
    names = {"username": email, "scim_username": email, "email": email}
    others = {
        "last_name": "'Number' || n",
        "scim_id": f"({key})::text",
        "scim_external_id": "'00u' || lpad(n::text, 17, '0')",
    }
    copy_row(person, people + SPARE_PEOPLE if people else 0, {**names, **others})
    group = Group.objects.create(name="Pattern")
    person.scim_groups.add(group)
    membership = User.scim_groups.through.objects.get()
    for size in group_sizes:
        copied = {"id": str(size), "scim_id": f"'{size}'", "name": f"'Group of {size}'"}
        copy_row(group, 1, {**copied, "scim_display_name": f"'Group of {size}'"})
        links = {"id": next_key(User.scim_groups.through), "group_id": str(size), "user_id": key}
        copy_row(membership, size, links)
    continue_keys(User, Group)


if __name__ == "__main__":
    main(int(sys.argv[1]), [int(each) for each in sys.argv[2:]])
