"""What the product refuses, each with a sentence for people.

    WorkspaceError
    ├── AccessError        NoAccess, NotAllowed
    ├── InvalidValue       NameMissing, EmailInvalid, TextTooLong, TimezoneUnknown, UnknownMembers
    └── Conflict           EmailTaken, GroupNameTaken, SlugTaken, DomainTaken, SeatLimitReached,
                           LastOwner, Locked, InvitationUnusable, TimerRunning, NoTimerRunning

Must not know how an error is shown.
"""

from __future__ import annotations

from collections.abc import Collection


class WorkspaceError(Exception):
    """Base of every product error; `str(error)` is a sentence for people."""

    sentence = "This cannot be done."

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or self.sentence)


class AccessError(WorkspaceError):
    """The person may not do this."""


class NoAccess(AccessError):
    sentence = "There is no such workspace, or you have no access to it."


class NotAllowed(AccessError):
    sentence = "Your role does not allow this."


class InvalidValue(WorkspaceError):
    """The value itself is wrong."""


class NameMissing(InvalidValue):
    sentence = "A name is needed."


class EmailInvalid(InvalidValue):
    sentence = "This is not an e-mail address."


class TextTooLong(InvalidValue):
    """`field` is longer than `limit` characters, in itself or in its folded form."""

    def __init__(self, field: str, limit: int) -> None:
        super().__init__(f"The {field} may have at most {limit} characters.")
        self.field = field
        self.limit = limit


class TimezoneUnknown(InvalidValue):
    sentence = "This timezone is not known."


class UnknownMembers(InvalidValue):
    """Some ids name nobody of this workspace; `member_ids` are those ids."""

    def __init__(self, member_ids: Collection[int]) -> None:
        super().__init__("Some of these people are not members of this workspace.")
        self.member_ids = frozenset(member_ids)


class Conflict(WorkspaceError):
    """The value is fine, but the workspace's state forbids it."""


class EmailTaken(Conflict):
    sentence = "Another member of this workspace has this e-mail address."


class GroupNameTaken(Conflict):
    sentence = "Another group of this workspace has this name."


class SlugTaken(Conflict):
    sentence = "Another workspace has this address."


class DomainTaken(Conflict):
    sentence = "This domain belongs to a workspace already."


class SeatLimitReached(Conflict):
    sentence = "All seats of this workspace are taken."


class LastOwner(Conflict):
    sentence = "The last active owner of a workspace cannot be taken away."


class Locked(Conflict):
    """Something outside owns this; the sentence is its reason."""


class InvitationUnusable(Conflict):
    sentence = "This invitation was used, withdrawn or has expired."


class TimerRunning(Conflict):
    sentence = "A timer is already running."


class NoTimerRunning(Conflict):
    sentence = "No timer is running."
