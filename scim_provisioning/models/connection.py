"""A workspace's connection to its directory.

Must not know how a request proves that it may use it.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from scim_provisioning import conf


class GroupPolicy(models.TextChoices):
    """What becomes of the groups that a workspace has from before.

    ADOPT lets the directory see them and take one over by its name. KEEP_APART hides them: a
    directory group of the same name gets its own row, and the old one a marked name. ARCHIVE
    hides them and puts them away.
    """

    ADOPT = "ADOPT", _("adopt by name")
    KEEP_APART = "KEEP_APART", _("keep apart")
    ARCHIVE = "ARCHIVE", _("archive")


class Connection(models.Model):
    """One per workspace; switched off and on again, it is the same row.

    Its key is the workspace's own, and so is that of everything that hangs on it. What hangs on it
    indexes no `connection` of its own: each of its tables has an index that begins with it.
    """

    GroupPolicy = GroupPolicy

    workspace: Any = models.OneToOneField(
        conf.value("WORKSPACE_MODEL"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
    )
    # Unique by itself: a request brings it before its workspace is known. Connections are the small
    # table that tells where to go; on a distributed database each node has all of it.
    public_id = models.UUIDField(_("public id"), unique=True, default=uuid.uuid4, editable=False)
    enabled_at = models.DateTimeField(_("switched on at"), null=True, blank=True)
    disabled_at = models.DateTimeField(_("switched off at"), null=True, blank=True)
    group_policy = models.CharField(
        _("groups from before"),
        max_length=16,
        choices=GroupPolicy.choices,
        default=GroupPolicy.ADOPT,
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("connection")
        verbose_name_plural = _("connections")

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_enabled(self) -> bool:
        return self.enabled_at is not None and self.disabled_at is None

    @property
    def shows_earlier_groups(self) -> bool:
        """Whether the directory may see the groups that were there before it."""
        return self.group_policy == GroupPolicy.ADOPT

    @property
    def base_url(self) -> str:
        """The address an owner pastes into the identity provider, without a trailing slash."""
        path = reverse("scim_provisioning:base", kwargs={"connection": self.public_id})
        return conf.base_url() + path.rstrip("/")
