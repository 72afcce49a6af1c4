"""What the endpoints answer with, where no page has the same.

Must not know an endpoint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scim_provisioning.console.groups import Group
from scim_provisioning.console.people import Attribute, Person
from scim_provisioning.console.rehearsal import Step
from scim_provisioning.console.timeline import Moment
from scim_provisioning.outbox.receipts import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    base_url: str
    token: str
    """Shown this once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAnswer:
    person: Person
    attributes: Sequence[Attribute]
    timeline: Sequence[Moment]
    receipt: Receipt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAnswer:
    group: Group
    timeline: Sequence[Moment]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer:
    is_good: bool
    steps: Sequence[Step]
