"""The SCIM side of a group: ids, the name to look up, the version.

Must not know what a group looks like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from scim_provisioning import conf
from scim_provisioning.models.boundaries import reaches_host, within_host
from scim_provisioning.models.connection import Connection
from scim_provisioning.models.link import Link

VISIBLE_GROUP = models.Q(deleted_at=None) & ~models.Q(display_name_key="")
"""Which groups the directory may see where it adopts those from before."""


class GroupLink(Link):
    """One group as a SCIM Group; unmanaged until the directory first writes to it."""

    connection = models.ForeignKey(
        Connection,
        on_delete=models.CASCADE,
        related_name="group_links",
        db_column="workspace_id",
        db_index=False,
    )
    group: Any = models.ForeignKey(
        conf.value("GROUP_MODEL"),
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=not reaches_host(),
    )
    display_name = models.CharField(_("displayName"), max_length=255)
    display_name_key = models.CharField(max_length=255, blank=True, editable=False)
    role = models.CharField(
        _("role of its members"),
        max_length=64,
        blank=True,
        help_text=_("Given by an owner to this very group, whatever it is called."),
    )
    members_before = models.JSONField(
        _("members before it was adopted"), null=True, blank=True, editable=False
    )
    archived_at_enabling = models.BooleanField(default=False, editable=False)
    version = models.PositiveBigIntegerField(_("version"), default=1, editable=False)

    if TYPE_CHECKING:
        group_id: Any

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.UniqueConstraint(fields=["connection", "scim_id"], name="scim_group_id"),
            models.UniqueConstraint(fields=["connection", "group"], name="scim_group_group"),
            models.UniqueConstraint(
                fields=["connection", "display_name_key"],
                condition=VISIBLE_GROUP,
                name="scim_group_name",
            ),
            models.UniqueConstraint(
                fields=["connection", "external_id"],
                condition=models.Q(deleted_at=None) & ~models.Q(external_id=""),
                name="scim_group_external_id",
            ),
            *within_host(field="group", name="scim_group_of_host"),
        ]
        indexes = [
            models.Index(fields=["connection", "id"], name="scim_group_order"),
            models.Index(fields=["connection", "display_name_key"], name="scim_group_name_key"),
            models.Index(fields=["connection", "external_id"], name="scim_group_external_key"),
        ]

    def __str__(self) -> str:
        return self.display_name


def visible_groups(connection: Connection) -> models.QuerySet[GroupLink]:
    """Give the groups that the directory may see: those from before only where it adopts them."""
    links = connection.group_links.filter(VISIBLE_GROUP)
    if connection.shows_earlier_groups:
        return links
    return links.exclude(managed_since=None)


def is_visible(link: GroupLink, connection: Connection) -> bool:
    """Tell of one that a prepared query has found by VISIBLE_GROUP what `visible_groups` tells."""
    return link.is_managed or connection.shows_earlier_groups
