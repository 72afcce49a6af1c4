"""Keep links in step with the product: one per member and group that a directory may see.

The host says what it changed; links follow in set statements, whoever made the change. Must not
know how a directory's own writes are made.
"""

from __future__ import annotations

from scim_provisioning.links.following import own_write
from scim_provisioning.links.groups import groups_changed
from scim_provisioning.links.users import describe_user, members_changed

__all__ = ["describe_user", "groups_changed", "members_changed", "own_write"]
