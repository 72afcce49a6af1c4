"""What of a list to show, as its address says; an unknown choice is no choice.

Must not know how a list is made.
"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from scim_provisioning.console.activity import Kind, Outcome, Wanted
from scim_provisioning.console.groups import GroupState
from scim_provisioning.console.people import PersonState

_LARGEST = 2**63 - 1


class ActivityForm(forms.Form):
    text = forms.CharField(
        label=_("Person or group"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        choices=(
            ("", _("All")),
            (Outcome.DONE.value, _("Done")),
            (Outcome.REFUSED.value, _("Refused")),
        ),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=(
            ("", _("All")),
            (Kind.PEOPLE.value, _("People")),
            (Kind.GROUPS.value, _("Groups")),
            (Kind.DECISIONS.value, _("Decisions made here")),
            (Kind.CREDENTIALS.value, _("Rejected credentials")),
        ),
    )
    before = forms.IntegerField(
        required=False, min_value=1, max_value=_LARGEST, widget=forms.HiddenInput
    )

    def wanted(self) -> Wanted:
        """Give what was asked for; call after `is_valid`."""
        chosen = self.cleaned_data
        return Wanted(
            text=chosen.get("text", ""),
            outcome=Outcome(chosen["outcome"]) if chosen.get("outcome") else None,
            kind=Kind(chosen["kind"]) if chosen.get("kind") else None,
        )


class ListForm(forms.Form):
    """What every list can be searched by."""

    text = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class PeopleForm(ListForm):
    state = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=(
            ("", _("All")),
            (PersonState.MANAGED.value, _("Managed")),
            (PersonState.UNMANAGED.value, _("Not managed")),
            (PersonState.DRIFTING.value, _("Drifting")),
            (PersonState.REMOVED.value, _("Removed")),
        ),
    )


class GroupsForm(ListForm):
    state = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=(
            ("", _("All")),
            (GroupState.MANAGED.value, _("Managed")),
            (GroupState.UNMANAGED.value, _("Not managed")),
            (GroupState.REMOVED.value, _("Removed")),
        ),
    )
