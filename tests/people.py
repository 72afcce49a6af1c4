"""The cast of the tests: who is who, each person with one stated relation.

Must not know what a test is about. Passwords are `PASSWORD` for everyone who can sign in.
"""

from __future__ import annotations

from dataclasses import dataclass

from workspace.models import Group, Member, User, Workspace
from workspace.services import accounts, groups, members_by_hand, workspaces

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acme:
    """An ENTERPRISE workspace without a seat limit."""

    workspace: Workspace
    olivia: Member
    """The only owner."""
    adam: Member
    """An administrator."""
    mia: Member
    """A manager."""
    ben: Member
    """A plain member, in both groups."""
    kim: Member
    """Clocks in at the kiosk: no address, no account."""
    engineering: Group
    """Mia and Ben."""
    support: Group
    """Ben alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Globex:
    """Another tenant, which must never see or touch Acme."""

    workspace: Workspace
    carol: Member
    """Its only member and owner."""


def acme() -> Acme:
    workspace, olivia = _founded(name="Acme", slug="acme", owner="Olivia Owner")
    mia = hired(workspace, "Mia Manager", role=Member.Role.MANAGER)
    ben = hired(workspace, "Ben Member")
    engineering = groups.create_group(workspace=workspace, name="Engineering")
    support = groups.create_group(workspace=workspace, name="Support")
    groups.add_members(group=engineering, member_ids=[mia.pk, ben.pk])
    groups.add_members(group=support, member_ids=[ben.pk])
    return Acme(
        workspace=workspace,
        olivia=olivia,
        adam=hired(workspace, "Adam Admin", role=Member.Role.ADMIN),
        mia=mia,
        ben=ben,
        kim=members_by_hand.add_kiosk_member(workspace=workspace, name="Kim Kiosk", by=olivia),
        engineering=engineering,
        support=support,
    )


def globex() -> Globex:
    workspace, carol = _founded(name="Globex", slug="globex", owner="Carol Owner")
    return Globex(workspace=workspace, carol=carol)


def hired(workspace: Workspace, name: str, *, role: str = Member.Role.MEMBER) -> Member:
    """Return a new active member who can sign in as `<first name>@<slug>.example`."""
    user = account(name, domain=f"{workspace.slug}.example")
    return Member.objects.create(
        workspace=workspace,
        user=user,
        role=role,
        name=name,
        email=user.email,
        email_key=user.email_key,
    )


def account(name: str, *, domain: str) -> User:
    """Return a new account which belongs to no workspace."""
    first_name = name.split()[0].lower()
    return accounts.create_account(name=name, email=f"{first_name}@{domain}", password=PASSWORD)


def account_of(member: Member) -> User:
    """Return the account of somebody who has one, as it is stored now."""
    assert member.user_id is not None
    return User.objects.get(pk=member.user_id)


def verified_domain(workspace: Workspace, name: str) -> None:
    """Let the workspace prove that it owns a mail domain."""
    domain = workspaces.claim_domain(workspace=workspace, name=name)
    workspaces.verify_domain(domain=domain)


def _founded(*, name: str, slug: str, owner: str) -> tuple[Workspace, Member]:
    workspace = workspaces.create_workspace(
        name=name,
        slug=slug,
        owner=account(owner, domain=f"{slug}.example"),
        plan=Workspace.Plan.ENTERPRISE,
    )
    return workspace, Member.objects.get(workspace=workspace)
