"""What a PATCH does to a group's members, folded into one change (RFC 7644 §3.5.2).

The change costs as much as it names, whatever the size of the group.
Must not know where members are stored or which ids exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from scim_provisioning.protocol.errors import PayloadTooLarge, TooMany
from scim_provisioning.protocol.filters import (
    And,
    Comparison,
    Node,
    Nothing,
    Operator,
    Or,
    Presence,
    count_conditions,
)
from scim_provisioning.protocol.matching import select
from scim_provisioning.protocol.values import MAX_MEMBERS

MAX_SEARCH_CONDITIONS = 20
"""Those that do not just list ids, such as `not (value eq "x")`; no client is known to send one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMembers:
    ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMembers:
    ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceMembers:
    """The group has exactly these members; none of them empties it."""

    ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSelected:
    """Take out the members that meet the condition of `members[condition]`."""

    condition: Node


Step = AddMembers | RemoveMembers | ReplaceMembers | RemoveSelected


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipChange:
    """The net change to a group; with `replace`, `add` is the final set.

    `add` and `remove` are disjoint. Adding who is in and removing who is not changes nothing.
    """

    add: frozenset[str] = frozenset()
    remove: frozenset[str] = frozenset()
    replace: bool = False
    undecided: tuple[Step, ...] = ()
    """What follows a condition that can't be decided without the current members."""

    @property
    def is_empty(self) -> bool:
        return not (self.add or self.remove or self.replace or self.undecided)

    @property
    def needs_current(self) -> bool:
        """Whether `resolve` must be asked before `add` and `remove` are the whole change."""
        return bool(self.undecided)

    def resolve(self, current_ids: Iterable[str]) -> MembershipChange:
        """Decide the rest with the current members; the result needs nothing more."""
        if not self.needs_current:
            return self
        current = frozenset(current_ids)
        final = self.apply(current)
        return MembershipChange(add=final - current, remove=current - final)

    def apply(self, current_ids: Iterable[str]) -> frozenset[str]:
        """Compute the final members from the current ones."""
        known = self.add if self.replace else (frozenset(current_ids) - self.remove) | self.add
        return _folded((ReplaceMembers(ids=known), *self.undecided)).add


def fold(steps: Sequence[Step]) -> MembershipChange:
    """Fold steps in their order into one change; of two about one id, the later one wins.

    Raises TooMany, PayloadTooLarge.
    """
    conditions = [step.condition for step in steps if isinstance(step, RemoveSelected)]
    searches = [each for each in conditions if _named_ids(each) is None]
    if sum(map(count_conditions, searches)) > MAX_SEARCH_CONDITIONS:
        raise TooMany(f"The paths have more than {MAX_SEARCH_CONDITIONS} conditions on members.")
    if sum(len(step.ids) for step in steps if not isinstance(step, RemoveSelected)) > MAX_MEMBERS:
        raise PayloadTooLarge(f"The operations name more than {MAX_MEMBERS} members.")
    return _folded(steps)


def _folded(steps: Iterable[Step]) -> MembershipChange:
    ledger = _Ledger()
    for step in steps:
        ledger.enter(step)
    return MembershipChange(
        add=frozenset(ledger.add),
        remove=frozenset(ledger.remove),
        replace=ledger.replace,
        undecided=tuple(ledger.undecided),
    )


@dataclass(slots=True)
class _Ledger:
    add: set[str] = field(default_factory=set)
    remove: set[str] = field(default_factory=set)
    replace: bool = False
    undecided: list[Step] = field(default_factory=list)

    def enter(self, step: Step) -> None:
        match step:
            case ReplaceMembers(ids=ids):
                self.add, self.remove, self.replace = set(ids), set(), True
                self.undecided.clear()
            case _ if self.undecided:
                self.undecided.append(step)
            case AddMembers(ids=ids):
                self.add |= ids
                self.remove -= ids
            case RemoveMembers(ids=ids):
                self._take_out(ids)
            case RemoveSelected():
                self._take_out_selected(step)

    def _take_out(self, ids: frozenset[str]) -> None:
        self.add -= ids
        if not self.replace:
            self.remove |= ids

    def _take_out_selected(self, step: RemoveSelected) -> None:
        ids, candidates = _named_ids(step.condition), _candidates(step.condition)
        if ids is not None:
            self._take_out(ids)
        elif candidates is not None:
            self._take_out(_selected(candidates, step.condition))
        elif _is_about_everybody(step.condition):
            if _selected(["anybody"], step.condition):
                self.enter(ReplaceMembers(ids=frozenset()))
        elif self.replace:
            self._take_out(_selected(self.add, step.condition))
        else:
            self.undecided.append(step)


def _selected(ids: Iterable[str], condition: Node) -> frozenset[str]:
    known = list(ids)
    elements = [{"value": each, "type": "User"} for each in known]
    return frozenset(known[index] for index in select(elements, condition))


def _is_about_everybody(condition: Node) -> bool:
    """Tell whether a condition is met by all members or by none, like `type eq "User"`."""
    if isinstance(condition, Presence):
        return True
    return isinstance(condition, Comparison) and condition.target.leaf.name != "value"


def _named_ids(condition: Node) -> frozenset[str] | None:
    """Read a condition as the ids that it lists; None when it is more than a list."""
    match condition:
        case Nothing():
            return frozenset()
        case Comparison(operator=Operator.EQ, operand=str(operand), target=target):
            return frozenset({operand}) if target.leaf.name == "value" else None
        case Or(terms=terms):
            parts = [_named_ids(term) for term in terms]
            named = [part for part in parts if part is not None]
            return frozenset().union(*named) if len(named) == len(parts) else None
    return None


def _candidates(condition: Node) -> frozenset[str] | None:
    """Find the ids that alone can meet an `and`; None when it lists none."""
    terms = condition.terms if isinstance(condition, And) else ()
    lists = [ids for term in terms if (ids := _named_ids(term)) is not None]
    return min(lists, key=len, default=None)
