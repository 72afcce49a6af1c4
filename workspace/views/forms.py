"""What the pages let people type; must not check what a service checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm

from workspace.models import Member, User
from workspace.names import EMAIL_LENGTH, NAME_LENGTH, comparison_key
from workspace.services.api_keys import LABEL_LENGTH
from workspace.timezones import timezone_choices


class NameForm(forms.Form):
    name = forms.CharField(max_length=NAME_LENGTH)


class InviteForm(forms.Form):
    name = forms.CharField(max_length=NAME_LENGTH)
    email = forms.EmailField(max_length=EMAIL_LENGTH, label="E-mail")
    role = forms.ChoiceField(choices=Member.Role.choices, initial=Member.Role.MEMBER)


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Member.Role.choices)


class SearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=NAME_LENGTH)


class TimezoneForm(forms.Form):
    timezone = forms.ChoiceField(choices=lambda: [(zone, zone) for zone in timezone_choices()])


class ApiKeyForm(forms.Form):
    label = forms.CharField(max_length=LABEL_LENGTH)


class MemberChoiceForm(forms.Form):
    """Offer some members; any member may be named, the service checks."""

    member = forms.IntegerField(widget=forms.Select)

    def __init__(self, *args: Any, offered: Iterable[Member] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(member.pk, member.name) for member in offered]
        self.fields["member"].widget = forms.Select(choices=choices)


class ResetForm(PasswordResetForm):
    """Ask for a reset link by the account's key, so that each spelling finds it.

    An account that a directory created has no password yet: its owner sets the first one here.
    """

    def get_users(self, email: str) -> Iterator[User]:
        yield from User.objects.filter(email_key=comparison_key(email), is_active=True)

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        # Our own address, not the Host header, which the asker chooses.
        context["base_url"] = settings.BASE_URL.rstrip("/")
        super().send_mail(subject_template_name, email_template_name, context, *args, **kwargs)
