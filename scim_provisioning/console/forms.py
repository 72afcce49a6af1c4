"""The settings page's forms.

Must not know what happens once they are valid.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from scim_provisioning.console import confirmation
from scim_provisioning.console.dialects import DIALECTS
from scim_provisioning.models.connection import GroupPolicy
from scim_provisioning.webhooks import targets

OVERLAPS = (
    ("7", _("in 7 days")),
    ("1", _("in 1 day")),
    ("30", _("in 30 days")),
    ("0", _("now")),
)
"""Days for which the old token, or key, of a rotation lives on."""

GROUP_POLICIES = (
    (
        GroupPolicy.ADOPT.value,
        _("Adopt: a directory’s group of the same name takes the group over."),
    ),
    (
        GroupPolicy.KEEP_APART.value,
        _("Keep apart: the directory gets its own group, the old one a marked name."),
    ),
    (GroupPolicy.ARCHIVE.value, _("Archive: the old groups are put away.")),
)


class ConfirmedForm(forms.Form):
    """Asks for the password, unless it was given within the last ten minutes."""

    password = forms.CharField(
        label=_("Your password"),
        required=False,
        strip=False,
        help_text=_("Asked again after ten minutes, for tokens open every door of the directory."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        if confirmation.is_recent(request):
            del self.fields["password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not confirmation.confirm(self.request, password):
            raise forms.ValidationError(
                _("This is not your password.") if password else _("Enter your password.")
            )
        return ""


class EnableForm(ConfirmedForm):
    group_policy = forms.ChoiceField(
        label=_("Groups that are here already"),
        required=False,
        choices=GROUP_POLICIES,
        widget=forms.RadioSelect,
    )

    def clean_group_policy(self) -> GroupPolicy | None:
        text = self.cleaned_data["group_policy"]
        return GroupPolicy(text) if text else None


class GroupPolicyForm(forms.Form):
    group_policy = forms.ChoiceField(
        label=_("Groups that are here already"),
        choices=GROUP_POLICIES,
        widget=forms.RadioSelect,
    )


class DisableForm(forms.Form):
    """Asks for the workspace's name, so that nobody disables the wrong one by accident."""

    name = forms.CharField(
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, *args: Any, workspace_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace_name = workspace_name
        self.fields["name"].label = _("Type “%(name)s” to confirm") % {"name": workspace_name}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name.split() != self.workspace_name.split():
            raise forms.ValidationError(
                _("This is not the workspace’s name. Type “%(name)s”."),
                params={"name": self.workspace_name},
            )
        return name


class NewTokenForm(ConfirmedForm):
    """A label to tell tokens apart, and the newest token the page knew (actions.make_token)."""

    label = forms.CharField(
        label=_("Label (optional)"),
        required=False,
        max_length=100,
        help_text=_("What the token is for, such as “Okta, from May”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    old_one_ends_after = forms.ChoiceField(
        label=_("The token you have now ends"), required=False, choices=OVERLAPS
    )
    newest_token = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ("label", "old_one_ends_after", "password")

    def clean_old_one_ends_after(self) -> timedelta:
        return _days(self.cleaned_data["old_one_ends_after"])


class RevokeForm(ConfirmedForm):
    """Nothing but the password."""


class WebhookForm(ConfirmedForm):
    url = forms.CharField(
        label=_("URL of the receiver"),
        max_length=targets.MAX_LENGTH,
        help_text=_("An https address that can be reached from the Internet."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    field_order = ("url", "password")


class RotateKeyForm(ConfirmedForm):
    """When the old key goes, and the key the page knew (webhook_actions.rotate_key)."""

    old_one_leaves_after = forms.ChoiceField(
        label=_("The key you have now leaves"), required=False, choices=OVERLAPS
    )
    key_id = forms.CharField(max_length=16, widget=forms.HiddenInput)

    field_order = ("old_one_leaves_after", "password")

    def clean_old_one_leaves_after(self) -> timedelta:
        return _days(self.cleaned_data["old_one_leaves_after"])


class RemoveWebhookForm(ConfirmedForm):
    """Nothing but the password."""


class RoleForm(forms.Form):
    """The roles that a group may give are the host's."""

    role = forms.ChoiceField(label=_("Role of its members"), required=False)

    def __init__(self, *args: Any, roles: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("None")), *((role, role.capitalize()) for role in roles)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class HandBackForm(forms.Form):
    attribute = forms.CharField(max_length=100)


class CheckForm(forms.Form):
    provider = forms.ChoiceField(
        label=_("Identity provider"),
        choices=[(key, dialect.provider) for key, dialect in DIALECTS.items()],
    )


def _days(choice: str) -> timedelta:
    return timedelta(days=int(choice or OVERLAPS[0][0]))
