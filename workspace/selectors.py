"""Questions to the product's tables; must not write."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import now

from workspace.models import (
    ApiKey,
    Domain,
    Group,
    GroupMembership,
    Invitation,
    Member,
    Seats,
    TimeEntry,
    User,
    Workspace,
)
from workspace.names import comparison_key, email_domain


def find_member(*, workspace: Workspace, email: str) -> Member | None:
    """Find by the member's address, else by the login of the linked account."""
    key = comparison_key(email)
    if not key:
        return None
    # Not through a join: an OR across two tables is no look-up in either index.
    account = User.objects.filter(email_key=key).values("pk")[:1]
    matches = Member.objects.filter(
        Q(email_key=key) | Q(user=Subquery(account)), workspace=workspace
    )
    return min(matches, key=lambda member: member.email_key != key, default=None)


def directory_members(workspace_id: int) -> QuerySet[Member]:
    """Return everyone a directory may know: all but the kiosk people."""
    return Member.objects.filter(workspace_id=workspace_id, is_kiosk=False)


def directory_groups(workspace_id: int) -> QuerySet[Group]:
    return Group.objects.filter(workspace_id=workspace_id, archived_at__isnull=True)


def seats_taken(workspace: Workspace) -> int:
    """Count active and invited people; inactive and kiosk people take no seat."""
    return Seats.objects.values_list("taken", flat=True).get(workspace=workspace)


def seats_left(workspace: Workspace) -> int | None:
    """Count the free seats; None where there is no limit."""
    if workspace.seat_limit is None:
        return None
    return max(workspace.seat_limit - seats_taken(workspace), 0)


def kiosk_members(workspace: Workspace) -> QuerySet[Member]:
    """Return the people without an address, whom no directory knows."""
    return Member.objects.filter(workspace=workspace, is_kiosk=True).order_by("name", "pk")


def active_owners(workspace: Workspace) -> QuerySet[Member]:
    return Member.objects.filter(
        workspace=workspace, role=Member.Role.OWNER, status=Member.Status.ACTIVE
    )


def has_verified_domain(workspace: Workspace, email: str) -> bool:
    """Tell whether the workspace has proven to own the address's domain."""
    return Domain.objects.filter(
        workspace=workspace, name=email_domain(email), verified_at__isnull=False
    ).exists()


def memberships_of(user: User) -> QuerySet[Member]:
    """Return the workspaces a person may enter, as active members with their workspace."""
    return (
        Member.objects.filter(user=user, status=Member.Status.ACTIVE)
        .select_related("workspace", "user")
        .order_by("workspace__name", "pk")
    )


def membership(*, user: User, slug: str) -> Member | None:
    """Return the person's active membership of one workspace, in one query."""
    return memberships_of(user).filter(workspace__slug=slug).first()


def account_exists(email: str) -> bool:
    return User.objects.filter(email_key=comparison_key(email)).exists()


def domains(workspace: Workspace) -> QuerySet[Domain]:
    return Domain.objects.filter(workspace=workspace).order_by("name")


def listed_members(workspace: Workspace, *, matching: str = "") -> QuerySet[Member]:
    """Return the people by name; `matching` looks into name and address."""
    people = Member.objects.filter(workspace=workspace).order_by("name", "pk")
    if not matching:
        return people
    return people.filter(Q(name__icontains=matching) | Q(email__icontains=matching))


def listed_groups(workspace: Workspace) -> QuerySet[Group]:
    """Return the groups in use, each with its `member_count`."""
    # Not through a join: it groups by the key alone, and that asks for a key of one column.
    counted = (
        GroupMembership.objects.filter(workspace=workspace, group=OuterRef("pk"))
        .values("group")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return (
        directory_groups(workspace.pk)
        .annotate(member_count=Coalesce(Subquery(counted), 0))
        .order_by("name", "pk")
    )


def archived_groups(workspace: Workspace) -> QuerySet[Group]:
    return Group.objects.filter(workspace=workspace, archived_at__isnull=False).order_by("name")


def group_members(group: Group) -> QuerySet[Member]:
    return listed_members(group.workspace).filter(group_memberships__group=group)


def group_outsiders(group: Group) -> QuerySet[Member]:
    """Return who is not in the group and might be added."""
    return (
        listed_members(group.workspace)
        .exclude(status=Member.Status.INACTIVE)
        .exclude(group_memberships__group=group)
    )


def member_groups(member: Member) -> QuerySet[Group]:
    return directory_groups(member.workspace_id).filter(memberships__member=member).order_by("name")


def group_member_ids(group: Group) -> list[int]:
    return list(
        GroupMembership.objects.filter(group=group)
        .order_by("member_id")
        .values_list("member_id", flat=True)
    )


def unmailed_invitations() -> QuerySet[Invitation]:
    """Return the open invitations of all workspaces that have not been mailed."""
    return Invitation.objects.filter(
        mailed_at=None, accepted_at=None, cancelled_at=None, expires_at__gt=now()
    )


def running_timer(member: Member) -> TimeEntry | None:
    return TimeEntry.objects.filter(member=member, stopped_at__isnull=True).first()


def usable_api_keys(member: Member) -> QuerySet[ApiKey]:
    return ApiKey.objects.filter(member=member, revoked_at__isnull=True).order_by("-created_at")
