"""Where both vocabularies meet: the product's members and groups as SCIM users and groups.

The only module of the product that knows `scim_provisioning`. Must not write a table itself: it
calls the services that everybody calls.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from scim_provisioning import adapters
from scim_provisioning.adapters import Document
from scim_provisioning.links import groups_changed, members_changed
from scim_provisioning.models import Connection, Event, GroupLink, UserLink
from scim_provisioning.outbox import EventName, handles
from scim_provisioning.protocol import errors as scim
from workspace import errors, locks, scim_effects, selectors, signals
from workspace.models import Group, GroupMembership, Member, User, Workspace
from workspace.services import groups, members, timezones
from workspace.services.accounts import AccountOutcome
from workspace.services.members import ProvisioningCase
from workspace.services.transactions import joined
from workspace.timezones import clean_timezone

_PROFILE = ("userName", "name", "displayName", "emails", "timezone")
_ALLOWED = (Member.Status.ACTIVE, Member.Status.PENDING)

_REFUSALS: Mapping[type[errors.WorkspaceError], scim.ScimError] = {
    errors.EmailTaken: scim.Uniqueness(
        "emails: another user of this workspace has this e-mail address."
    ),
    errors.EmailInvalid: scim.InvalidValue("emails: the value is not an e-mail address."),
    errors.GroupNameTaken: scim.Uniqueness(
        "displayName: another group of this workspace has this name."
    ),
    errors.UnknownMembers: scim.InvalidValue(
        "members: at least one value is not the id of a user here."
    ),
    errors.SeatLimitReached: scim.Forbidden(
        "active: every seat of the workspace is taken. "
        "Free a seat or raise the limit in the workspace's plan, then try again."
    ),
    errors.LastOwner: scim.Forbidden(
        "This person is the workspace's last active owner and can't be deactivated or deleted. "
        "Make somebody else an owner of the workspace first."
    ),
}

_CASES: Mapping[ProvisioningCase, str] = {
    ProvisioningCase.ACCOUNT_CREATED: "Nobody had this e-mail address: a new account was made.",
    ProvisioningCase.ACCOUNT_JOINED: (
        "An account with this e-mail address exists and its domain is verified for the workspace: "
        "the person was added at once."
    ),
    ProvisioningCase.INVITED: (
        "An account with this e-mail address exists and its domain is not verified for the "
        "workspace: the person was invited and joins by accepting."
    ),
    ProvisioningCase.NO_ACCOUNT: (
        "The directory sent no e-mail address: the person can't sign in until it does."
    ),
}

_MEMBER_EFFECTS: Mapping[Callable[[int], None], tuple[EventName, ...]] = {
    scim_effects.welcome: (EventName.MEMBER_PROVISIONED,),
    scim_effects.mail_invitation: (
        EventName.MEMBER_PROVISIONED,
        EventName.MEMBER_REACTIVATED,
        EventName.MEMBER_EMAIL_CHANGED,
    ),
    scim_effects.notify_address_changed: (EventName.MEMBER_EMAIL_CHANGED,),
    scim_effects.notify_login_changed: (EventName.MEMBER_EMAIL_CHANGED,),
    scim_effects.stop_running_timers: (EventName.MEMBER_DEACTIVATED, EventName.MEMBER_DELETED),
    scim_effects.withdraw_invitations: (EventName.MEMBER_DEACTIVATED, EventName.MEMBER_DELETED),
    scim_effects.revoke_keys: (EventName.MEMBER_DELETED,),
}


class WorkspaceAdapter(adapters.WorkspaceAdapter):
    @classmethod
    def find(cls, identifier: str) -> Workspace:
        return get_object_or_404(Workspace, slug=identifier)

    @classmethod
    def name(cls, workspace: Workspace) -> str:
        return workspace.name

    @classmethod
    def refusal(cls, workspace: Workspace, user: Any) -> str | None:
        member = selectors.membership(user=user, slug=workspace.slug) if _is_user(user) else None
        if member is None:
            raise Http404
        if not member.is_owner:
            return "Only an owner of the workspace can manage directory provisioning."
        return None

    @classmethod
    def unavailable_reason(cls, workspace: Workspace) -> str | None:
        if workspace.plan == Workspace.Plan.ENTERPRISE:
            return None
        return "Directory provisioning needs the Enterprise plan, which this workspace is not on."

    @classmethod
    def seats_left(cls, workspace: Workspace) -> int | None:
        return selectors.seats_left(workspace)

    @classmethod
    def unmanaged(cls, workspace: Workspace) -> list[tuple[str, str]]:
        reason = "Clocks in at the kiosk, without an address."
        return [(member.name, reason) for member in selectors.kiosk_members(workspace)]


class MemberAdapter(adapters.UserAdapter):
    """A member as a SCIM user; the directory's profile stands on the member, not the account."""

    obj: Member
    lookups: ClassVar[Mapping[str, Any]] = {"active": Q(member__status__in=_ALLOWED)}

    roles: ClassVar[tuple[str, ...]] = (
        Member.Role.MEMBER,
        Member.Role.MANAGER,
        Member.Role.ADMIN,
    )

    @classmethod
    def queryset(cls, connection: Connection) -> QuerySet[Member]:
        return selectors.directory_members(connection.workspace_id)

    @classmethod
    def match(cls, connection: Connection, document: Document) -> Member | None:
        return selectors.find_member(workspace=connection.workspace, email=_email(document))

    def read(self) -> Document:
        member = self.obj
        document: Document = {
            "userName": member.email or f"member-{member.pk}",
            "name": _parts(member.name),
            "displayName": member.name,
            "timezone": member.timezone,
            "active": member.status in _ALLOWED,
        }
        if member.email:
            document["emails"] = [{"value": member.email, "type": "work", "primary": True}]
        return document

    def product_owned(self) -> frozenset[str]:
        owned = {"active"}
        if self.obj.timezone_set_by == Member.TimezoneSource.PERSON:
            owned.add("timezone")
        return frozenset(owned)

    def create(self, document: Document) -> Member:
        with _in_scim_words():
            provisioning = members.provision_member(
                workspace=self.link.connection.workspace,
                name=_name(document) or document["userName"],
                email=_email(document),
                timezone=self._timezone(document),
            )
            self.notes.append(_CASES[provisioning.case])
            if document.get("active") is False:
                members.suspend_member(member=provisioning.member)
        return provisioning.member

    def update(self, document: Document) -> None:
        if not self.link.is_managed:
            self.notes.append(self._adoption())
        wants_active = document.get("active")
        with _in_scim_words():
            if wants_active is False and self.obj.suspended_at is None:
                members.suspend_member(member=self.obj)
            if wants_active and self.obj.suspended_at is not None:
                members.resume_member(member=self.obj)
            # Nothing but the profile itself may stand in the way of cutting access.
            if wants_active is not False or self._is_new_profile(document):
                self._update_profile(document)
        if wants_active and self.obj.blocked_at:
            self.notes.append("An administrator has blocked this person, who stays inactive.")

    def remove(self) -> None:
        with _in_scim_words():
            members.remove_member(member=self.obj)

    def role(self) -> str:
        return self.obj.role

    def set_role(self, role: str) -> None:
        members.grant_role(member=self.obj, role=role)

    def reclaimable(self) -> frozenset[str]:
        return self.product_owned() - {"active"}

    def hand_back(self, attribute: str) -> None:
        timezones.release_timezone(member=self.obj)

    def _is_new_profile(self, document: Document) -> bool:
        return any(document.get(name) != self.link.attributes.get(name) for name in _PROFILE)

    def _update_profile(self, document: Document) -> None:
        change = members.update_member(
            member=self.obj,
            name=self._new_name(document),
            email=_email(document),
            timezone=self._timezone(document),
        )
        if change.case is not None:
            self.notes.append(_CASES[change.case])
        if change.account is AccountOutcome.KEPT:
            self.notes.append(
                "The profile in this workspace was changed. The person's account was not: "
                "this workspace is not its authority."
            )

    def _new_name(self, document: Document) -> str | None:
        """Give the name to apply; whom the directory gives none keeps the one they have."""
        is_called_by_user_name = self.obj.name == self.link.user_name
        return _name(document) or (document["userName"] if is_called_by_user_name else None)

    def _adoption(self) -> str:
        if self.link.deleted_at:
            return "The directory had let this person go: the same member is back."
        return "This person was a member before: the directory now manages them."

    def _timezone(self, document: Document) -> str | None:
        """Give the timezone to apply; none or an unknown one is kept as sent, and not applied."""
        sent, said = document.get("timezone"), self.link.attributes.get("timezone")
        try:
            if sent:
                return clean_timezone(sent)
            refusal = "timezone: the directory sent none; the one from before stays."
        except errors.TimezoneUnknown:
            refusal = "timezone: the value is no known time zone; it was not applied."
        if sent != said:
            self.notes.append(refusal)
        return None


class GroupAdapter(adapters.GroupAdapter):
    obj: Group

    @classmethod
    def queryset(cls, connection: Connection) -> QuerySet[Group]:
        return selectors.directory_groups(connection.workspace_id)

    @classmethod
    def memberships(cls, connection: Connection) -> QuerySet[GroupMembership]:
        return GroupMembership.objects.filter(workspace_id=connection.workspace_id)

    def read(self) -> Document:
        return {"displayName": self.obj.name}

    def create(self, document: Document) -> Group:
        with _in_scim_words():
            return groups.create_group(
                workspace=self.link.connection.workspace, name=document["displayName"]
            )

    def update(self, document: Document, changed: frozenset[str]) -> None:
        if "displayName" in changed:
            with _in_scim_words():
                groups.rename_group(group=self.obj, name=document["displayName"])

    def remove(self) -> None:
        groups.archive_group(group=self.obj)

    def set_apart(self) -> None:
        groups.set_group_apart(group=self.obj)

    def restore(self) -> None:
        with _in_scim_words():
            groups.restore_group(group=self.obj)

    def add_members(self, member_ids: Collection[int]) -> bool:
        with _in_scim_words():
            return bool(groups.add_members(group=self.obj, member_ids=member_ids))

    def remove_members(self, member_ids: Collection[int]) -> bool:
        return bool(groups.remove_members(group=self.obj, member_ids=member_ids))

    def replace_members(self, member_ids: Collection[int]) -> bool:
        with _in_scim_words():
            added, removed = groups.replace_members(group=self.obj, member_ids=member_ids)
        return bool(added or removed)


def connect() -> None:
    """Hear what the product changes, lock what a directory manages, handle what it does."""
    signals.members_changed.connect(_follow_members, dispatch_uid="scim")
    signals.groups_changed.connect(_follow_groups, dispatch_uid="scim")
    locks.register_member_lock(managed_members)
    locks.register_group_lock(managed_groups)
    for effect, names in _MEMBER_EFFECTS.items():
        handles(*names, label=effect.__name__)(_about_member(effect))


def managed_members(workspace: Workspace, ids: Collection[int]) -> dict[int, str]:
    """Tell which members a directory manages, each with the reason to show."""
    if WorkspaceAdapter.unavailable_reason(workspace):
        return {}
    managed = UserLink.objects.filter(
        connection_id=workspace.pk,
        connection__enabled_at__isnull=False,
        connection__disabled_at=None,
        managed_since__isnull=False,
        deleted_at=None,
        member__in=ids,
    ).values_list("member_id", flat=True)
    reason = "Your company's directory manages this person; change the name and e-mail there."
    return dict.fromkeys(managed, reason)


def managed_groups(workspace: Workspace, ids: Collection[int]) -> dict[int, str]:
    """Tell which groups are not to be edited by hand, each with the reason to show.

    A group that gives a role stays locked while provisioning is off: who joined it by hand would
    have the role as soon as the directory writes again.
    """
    links = GroupLink.objects.filter(
        connection_id=workspace.pk, managed_since__isnull=False, deleted_at=None, group__in=ids
    )
    tied = links.exclude(role="").values_list("group_id", flat=True)
    reasons = dict.fromkeys(tied, "This group gives its members a role; an owner can untie it.")
    if WorkspaceAdapter.unavailable_reason(workspace):
        return reasons
    managed = links.filter(
        connection__enabled_at__isnull=False, connection__disabled_at=None
    ).values_list("group_id", flat=True)
    return reasons | dict.fromkeys(
        managed, "Your company's directory manages this group; change it there."
    )


@handles(EventName.CONNECTION_REFUSED, label="tell_owners_of_refusals")
def tell_owners_of_refusals(event: Event) -> None:
    scim_effects.tell_owners_of_refusals(event.connection_id)


@handles(EventName.TOKEN_EXPIRING, label="tell_owners_of_expiry")
def tell_owners_of_expiry(event: Event) -> None:
    scim_effects.tell_owners_of_expiry(event.connection_id, event.payload["days"])


def _about_member(effect: Callable[[int], None]) -> Callable[[Event], None]:
    return lambda event: effect(event.payload["member_id"])


def _follow_members(workspace_id: int, member_ids: Collection[int], **_: Any) -> None:
    members_changed(workspace_id, member_ids)


def _follow_groups(
    workspace_id: int,
    group_ids: Collection[int],
    member_ids: Collection[int] | None = None,
    **_: Any,
) -> None:
    groups_changed(workspace_id, group_ids, member_ids=member_ids)


def _is_user(user: Any) -> bool:
    return isinstance(user, User) and user.is_active


def _email(document: Document) -> str:
    """Choose the member's one address: the primary, the one for work, the first, the userName."""
    entries = [entry for entry in document.get("emails", []) if entry.get("value")]
    for entry in sorted(entries, key=_distance):
        return str(entry["value"])
    user_name = str(document["userName"])
    return user_name if "@" in user_name.strip("@") else ""


def _distance(entry: Document) -> tuple[bool, bool]:
    return (not entry.get("primary"), str(entry.get("type", "")).lower() != "work")


def _name(document: Document) -> str:
    """Choose the member's one name: as shown, as written out, from its parts; "" for none."""
    parts = document.get("name", {})
    spelled = " ".join(parts[part] for part in ("givenName", "familyName") if parts.get(part))
    return str(document.get("displayName") or parts.get("formatted") or spelled)


def _parts(name: str) -> Document:
    """Split a full name; a single word stands for both parts.

    Okta asks for both on every person it reads (tests/idp/okta/spec-test.json).
    """
    given, _, family = name.rpartition(" ")
    return {"formatted": name, "givenName": given or family, "familyName": family}


@contextmanager
def _in_scim_words() -> Iterator[None]:
    """Let the services be parts of the request's transaction; translate what they refuse."""
    try:
        with joined():
            yield
    except errors.TextTooLong as problem:
        raise scim.InvalidValue(
            f"{problem.field}: longer than {problem.limit} characters."
        ) from problem
    except errors.WorkspaceError as problem:
        refusal = _REFUSALS.get(type(problem))
        if refusal is None:
            raise scim.BadRequest(str(problem)) from problem
        raise type(refusal)(refusal.detail) from problem
