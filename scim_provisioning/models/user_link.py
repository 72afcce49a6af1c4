"""The SCIM side of a member: ids, names to look up, and what the product has no field for.

Must not know what a member looks like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from scim_provisioning import conf
from scim_provisioning.models.boundaries import SameWorkspace, reaches_host, within_host
from scim_provisioning.models.connection import Connection
from scim_provisioning.models.decoding import QuickDecoder
from scim_provisioning.models.link import Link

VISIBLE_USER = models.Q(deleted_at=None) & ~models.Q(user_name_key="")
"""Whom the directory may see: not deleted, and with a name of their own."""


class UserLink(Link):
    """One member as a SCIM User.

    Unmanaged until the directory first writes to it: it then shows what the product says.
    Deleted, it stays as a stone that marks whom the directory let go; a later POST takes it up
    again under a new SCIM id.
    """

    connection = models.ForeignKey(
        Connection,
        on_delete=models.CASCADE,
        related_name="user_links",
        db_column="workspace_id",
        db_index=False,
    )
    member: Any = models.ForeignKey(
        conf.value("MEMBER_MODEL"),
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=not reaches_host(),
    )
    user_name = models.CharField(_("userName"), max_length=255)
    user_name_key = models.CharField(max_length=255, blank=True, editable=False)
    display_name_key = models.CharField(max_length=255, blank=True, editable=False)
    attributes = models.JSONField(
        _("attributes as the directory sent them"), default=dict, blank=True, decoder=QuickDecoder
    )
    comparable = models.JSONField(default=dict, blank=True, editable=False, decoder=QuickDecoder)
    mapped_role = models.CharField(_("role from groups"), max_length=64, blank=True, editable=False)
    role_before = models.CharField(
        _("role without groups"), max_length=64, blank=True, editable=False
    )

    if TYPE_CHECKING:
        member_id: Any

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(fields=["connection", "id"], name="scim_user_row"),
            models.UniqueConstraint(fields=["connection", "scim_id"], name="scim_user_id"),
            models.UniqueConstraint(fields=["connection", "member"], name="scim_user_member"),
            models.UniqueConstraint(
                fields=["connection", "user_name_key"],
                condition=VISIBLE_USER,
                name="scim_user_name",
            ),
            models.UniqueConstraint(
                fields=["connection", "external_id"],
                condition=models.Q(deleted_at=None) & ~models.Q(external_id=""),
                name="scim_user_external_id",
            ),
            *within_host(field="member", name="scim_user_of_host"),
        ]
        indexes = [
            models.Index(
                fields=["connection", "id"],
                condition=VISIBLE_USER,
                name="scim_user_order",
            ),
            models.Index(
                # Answers who is in a group without a look at the rows, which are wide.
                fields=["connection", "member"],
                include=["scim_id"],
                condition=VISIBLE_USER,
                name="scim_user_members",
            ),
            models.Index(fields=["connection", "user_name_key"], name="scim_user_name_key"),
            models.Index(fields=["connection", "external_id"], name="scim_user_external_key"),
            models.Index(fields=["connection", "display_name_key"], name="scim_user_display_key"),
        ]

    def __str__(self) -> str:
        return self.user_name


class UserValue(models.Model):
    """One value of a multi-valued attribute, as filters compare it.

    `comparable` holds the folded sub-attributes; `value_key` the value, short enough to index.
    """

    connection = models.ForeignKey(
        Connection,
        on_delete=models.CASCADE,
        related_name="+",
        db_column="workspace_id",
        db_index=False,
    )
    link = models.ForeignKey(
        UserLink, on_delete=models.CASCADE, related_name="values", db_constraint=False
    )
    attribute = models.CharField(max_length=32)
    value_key = models.CharField(max_length=255, blank=True)
    comparable = models.JSONField(default=dict)

    class Meta:
        constraints = [SameWorkspace(field="link", name="scim_user_value_link")]
        indexes = [
            models.Index(
                fields=["connection", "attribute", "value_key"], name="scim_user_value_key"
            ),
        ]

    def __str__(self) -> str:
        return self.attribute


def visible_users(connection: Connection) -> models.QuerySet[UserLink]:
    """Give the people that the directory may see."""
    return connection.user_links.filter(VISIBLE_USER)
