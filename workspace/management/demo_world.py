"""The demo's two workspaces, made through the product's services.

Must not know that a directory will fill one of them.
"""

from __future__ import annotations

from django.db import transaction

from workspace.models import Member, Workspace
from workspace.services import (
    accounts,
    groups_by_hand,
    invitations,
    members_by_hand,
    workspaces,
)
from workspace.tokens import invitation_token

ACME_OWNER = "olivia@acme.example"
GLOBEX_OWNER = "carol@globex.example"

# The first two are in the company's directory as well; the third, an outside advisor, is not.
COLLEAGUES = (
    ("Amara Okafor", "amara.okafor@acme.example", Member.Role.ADMIN),
    ("Björn Tanaka", "bjorn.tanaka@acme.example", Member.Role.MEMBER),
    ("Pat Reyes", "pat@reyes.example", Member.Role.MEMBER),
)
GROUPS = {
    "Book club": ("amara.okafor@acme.example", "pat@reyes.example"),
    "Advisors": ("pat@reyes.example",),
}


@transaction.atomic
def make_world(*, password: str) -> None:
    """Make Acme with its first people, and Globex with an owner; all sign in with `password`.

    In one transaction, so that invitations are accepted before they could be mailed.
    """
    _make_workspace(name="Globex", owner="Carol Vance", email=GLOBEX_OWNER, password=password)
    olivia = _make_workspace(
        name="Acme", owner="Olivia Brandt", email=ACME_OWNER, password=password
    )
    domain = workspaces.claim_domain(workspace=olivia.workspace, name="acme.example")
    workspaces.verify_domain(domain=domain)
    for name, email, role in COLLEAGUES:
        _invite(name=name, email=email, role=role, by=olivia, password=password)
    members_by_hand.add_kiosk_member(workspace=olivia.workspace, name="Front desk", by=olivia)
    for name, emails in GROUPS.items():
        people = olivia.workspace.members.filter(email__in=emails)
        group = groups_by_hand.create_group(name=name, by=olivia)
        groups_by_hand.add_members(group=group, member_ids=[one.pk for one in people], by=olivia)


def _make_workspace(*, name: str, owner: str, email: str, password: str) -> Member:
    """Make an ENTERPRISE workspace; return its owner's membership."""
    user = accounts.create_account(name=owner, email=email, password=password)
    workspace = workspaces.create_workspace(
        name=name, slug=name.lower(), owner=user, plan=Workspace.Plan.ENTERPRISE
    )
    return workspace.members.get()


def _invite(*, name: str, email: str, role: str, by: Member, password: str) -> None:
    """Let somebody join as people do without a directory: invited, then accepted."""
    member = members_by_hand.invite_member(
        workspace=by.workspace, name=name, email=email, role=role, by=by
    )
    token = invitation_token(member.invitations.get().pk)
    invitations.accept_with_new_account(token=token, password=password)
