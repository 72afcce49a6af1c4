"""What the SCIM sides of members and groups have in common.

Must not know either.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Link(models.Model):
    """A resource as the directory sees it: unmanaged until the directory first writes to it."""

    scim_id = models.UUIDField(_("SCIM id"), default=uuid.uuid4, editable=False)
    external_id = models.CharField(_("externalId"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    last_modified = models.DateTimeField(_("last modified"), default=timezone.now, editable=False)
    managed_since = models.DateTimeField(_("managed since"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_managed(self) -> bool:
        return self.managed_since is not None and self.deleted_at is None
