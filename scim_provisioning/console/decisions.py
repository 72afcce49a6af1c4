"""What an owner decides about people and groups: roles, adoption, ownership.

Each decision locks what it is about and looks again, since the page it was sent from may be old.
Each is journalled with who made it; whether they may is not asked here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from scim_provisioning import earlier_groups, roles
from scim_provisioning.adapters import registry
from scim_provisioning.console.actions import ActionRefused
from scim_provisioning.console.sentences import translated
from scim_provisioning.journal import Decision, record_decision, transitions
from scim_provisioning.models import Connection, GroupLink, UserLink
from scim_provisioning.models.connection import GroupPolicy
from scim_provisioning.protocol.errors import ScimError


class Undecided(ActionRefused):
    """A decision that came to nothing; says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@transaction.atomic
def choose_policy(workspace: Any, policy: GroupPolicy, *, by: Any) -> None:
    """Choose what becomes of the groups from before. Raises Undecided."""
    connection = Connection.objects.select_for_update().filter(pk=workspace.pk).first()
    if connection is None:
        raise Http404
    before = connection.group_policy
    try:
        earlier_groups.choose(connection, policy)
    except ScimError as problem:
        raise Undecided(translated(problem.detail)) from problem
    record_decision(
        Decision.CHOOSE_POLICY,
        connection_id=connection.pk,
        by=by,
        transitions=transitions({"policy": before}, {"policy": policy.value}),
    )


@transaction.atomic
def tie_role(workspace: Any, scim_id: UUID, role: str, *, by: Any) -> None:
    """Let a group give a role, or none ("" ). Raises Undecided, Http404."""
    link = _group(workspace, scim_id)
    before = link.role
    try:
        roles.tie(link, role)
    except roles.RoleRefused as problem:
        raise Undecided(translated(str(problem))) from problem
    _record(Decision.TIE_ROLE, link, by, transitions({"role": before}, {"role": role}))


@transaction.atomic
def undo_adoption(workspace: Any, scim_id: UUID, *, by: Any) -> None:
    """Part a group from the earlier one that it took over. Raises Undecided, Http404."""
    link = _group(workspace, scim_id)
    if link.members_before is None or not link.is_managed:
        raise Undecided(_("Nothing was changed: this group has not taken over an earlier one."))
    earlier_groups.undo_adoption(link)
    _record(Decision.UNDO_ADOPTION, link, by)


@transaction.atomic
def restore_group(workspace: Any, scim_id: UUID, *, by: Any) -> None:
    """Bring back a group that was put away. Raises Undecided, Http404."""
    link = _group(workspace, scim_id)
    if link.deleted_at is None:
        raise Undecided(_("Nothing was changed: this group is in use already."))
    try:
        earlier_groups.restore(link)
    except ScimError as problem:
        raise Undecided(translated(problem.detail)) from problem
    _record(Decision.RESTORE_GROUP, link, by)


@transaction.atomic
def hand_back(workspace: Any, scim_id: UUID, attribute: str, *, by: Any) -> None:
    """Let the directory own an attribute of a person again. Raises Undecided, Http404."""
    link = (
        UserLink.objects.select_for_update(of=("self",))
        .select_related("member")
        .filter(connection_id=workspace.pk, scim_id=scim_id)
        .first()
    )
    if link is None:
        raise Http404
    adapter = registry.user_adapter()(link.member, link=link)
    if not link.is_managed or attribute not in adapter.reclaimable():
        raise Undecided(_("Nothing was changed: the directory owns this attribute already."))
    adapter.hand_back(attribute)
    record_decision(
        Decision.HAND_BACK,
        connection_id=link.connection_id,
        by=by,
        resource_type="User",
        scim_id=link.scim_id,
        changed=[attribute],
    )


def _record(
    decision: Decision,
    link: GroupLink,
    by: Any,
    transitions: Mapping[str, tuple[str, str]] | None = None,
) -> None:
    record_decision(
        decision,
        connection_id=link.connection_id,
        by=by,
        resource_type="Group",
        scim_id=link.scim_id,
        transitions=transitions,
    )


def _group(workspace: Any, scim_id: UUID) -> GroupLink:
    links = GroupLink.objects.select_for_update(of=("self",)).select_related("connection", "group")
    link = links.filter(connection_id=workspace.pk, scim_id=scim_id).first()
    if link is None:
        raise Http404
    return link
