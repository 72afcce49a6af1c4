"""Where an owner pastes base URL and token, one row per identity provider.

Must not know a workspace's own values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Own(StrEnum):
    """A value of the workspace itself."""

    BASE_URL = "base_url"
    TOKEN = "token"  # noqa: S105  # the name of a field


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One console: the way to its form, the fields as it spells them, what to expect of it.

    Names of the console's own buttons and fields stay as they are in every language.
    """

    provider: str
    way: str
    fields: Sequence[tuple[str, Own | Text]]
    then: Text
    notes: Sequence[Text]


RECIPES: Sequence[Recipe] = (
    Recipe(
        provider="Okta",
        way="Applications → your app → Provisioning → Integration",
        fields=(
            ("SCIM connector base URL", Own.BASE_URL),
            ("Unique identifier field for users", "userName"),
            ("Authentication Mode", "HTTP Header"),
            ("Authorization – Bearer", Own.TOKEN),
        ),
        then=_("Save; Okta tests the connection. Then switch the actions on under “To App”."),
        notes=(
            _(
                "In the catalogue’s “SCIM 2.0 Test App (OAuth Bearer Token)” the two fields are "
                "called “SCIM 2.0 Base Url” and “OAuth Bearer Token”."
            ),
            _("Okta deactivates people and never deletes them. “Push Groups” sends groups."),
        ),
    ),
    Recipe(
        provider="Microsoft Entra ID",
        way="Enterprise applications → your app → Provisioning",
        fields=(
            ("Provisioning Mode", "Automatic"),
            ("Tenant URL", Own.BASE_URL),
            ("Secret Token", Own.TOKEN),
        ),
        then=_("Press “Test Connection”, save, assign people and groups, start provisioning."),
        notes=(
            _("Entra ID syncs about every 40 minutes; “Provision on demand” is quicker."),
            _("People who leave are deactivated at once and deleted about 30 days later."),
        ),
    ),
    Recipe(
        provider="Google Workspace",
        way="Apps → Web and mobile apps → your app → Autoprovisioning",
        fields=(("Access token", Own.TOKEN), ("Endpoint URL", Own.BASE_URL)),
        then=_("Map the attributes, choose the scope and what happens to leavers, activate it."),
        notes=(
            _("Google offers autoprovisioning only for apps of its catalogue."),
            _("Google sends people, no groups, every few hours."),
        ),
    ),
    Recipe(
        provider="JumpCloud",
        way="SSO Applications → your app → Identity Management",
        fields=(
            ("SCIM Version", "SCIM 2.0"),
            ("Base URL", Own.BASE_URL),
            ("Token Key", Own.TOKEN),
            ("Test User Email", _("an address that nobody here has")),
        ),
        then=_("Press “Test Connection”, then “Activate”, and choose the groups to sync."),
        notes=(
            _(
                "Every time you activate or save, JumpCloud creates a test person and a test group "
                "and deletes them again: you will see them under Activity."
            ),
        ),
    ),
)

ATTRIBUTES: Sequence[tuple[str, Text]] = (
    ("userName", _("how the directory calls the person; any text, one of a kind")),
    ("displayName, name", _("the person’s name here")),
    ("emails", _("the address: the primary one, else the one for work")),
    ("active", _("whether the person has access")),
    ("timezone", _("the person’s timezone, until they choose one themselves")),
    ("externalId", _("the directory’s own id; kept, and found again")),
    ("title, phoneNumbers, addresses, department, manager …", _("kept and given back as sent")),
    ("groups", _("from the groups’ own members; never set on a person")),
    ("password, roles", _("never applied: the directory gives no rights and no passwords")),
)
"""Attribute of the directory, to what becomes of it."""
