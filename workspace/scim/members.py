"""A member as a SCIM user: the directory's profile stands on the member, not the account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Q, QuerySet

from scim_provisioning import adapters
from scim_provisioning.adapters import Document
from scim_provisioning.models import Connection
from workspace import errors, selectors
from workspace.models import Member
from workspace.scim.words import in_scim_words
from workspace.services import members, timezones
from workspace.services.accounts import AccountOutcome
from workspace.services.members import ProvisioningCase
from workspace.timezones import clean_timezone

_PROFILE = ("userName", "name", "displayName", "emails", "timezone")
_ALLOWED = (Member.Status.ACTIVE, Member.Status.PENDING)

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
        with in_scim_words():
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
        with in_scim_words():
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
        with in_scim_words():
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
