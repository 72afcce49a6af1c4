"""The settings page's forms.

Must not know what happens once they are valid.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


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


class NewTokenForm(forms.Form):
    """A label to tell tokens apart, and the newest token the page knew (actions.make_token)."""

    label = forms.CharField(
        label=_("Label (optional)"),
        required=False,
        max_length=100,
        help_text=_("What the token is for, such as “Okta, from May”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    newest_token = forms.IntegerField(required=False, widget=forms.HiddenInput)
