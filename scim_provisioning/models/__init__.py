"""What SCIM has to remember beside the host's own tables.

Every table carries the workspace's key, so that every query, unique rule and shard starts there.
"""

from __future__ import annotations

from scim_provisioning.models.connection import Connection
from scim_provisioning.models.group_link import VISIBLE_GROUP, GroupLink, is_visible, visible_groups
from scim_provisioning.models.journal import JournalEntry
from scim_provisioning.models.outbox import Delivery, Event
from scim_provisioning.models.token import Token
from scim_provisioning.models.user_link import VISIBLE_USER, UserLink, UserValue, visible_users
from scim_provisioning.models.webhook import FormerKey, Webhook, WebhookAttempt

__all__ = [
    "VISIBLE_GROUP",
    "VISIBLE_USER",
    "Connection",
    "Delivery",
    "Event",
    "FormerKey",
    "GroupLink",
    "JournalEntry",
    "Token",
    "UserLink",
    "UserValue",
    "Webhook",
    "WebhookAttempt",
    "is_visible",
    "visible_groups",
    "visible_users",
]
