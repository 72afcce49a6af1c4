"""Signing in and out, and resetting a password: Django's views; must not know workspaces."""

from __future__ import annotations

from django.contrib.auth import views
from django.urls import reverse_lazy

from workspace.tokens import reset_tokens
from workspace.views.forms import ResetForm

sign_in = views.LoginView.as_view(
    template_name="workspace/sign_in.html", redirect_authenticated_user=True
)
sign_out = views.LogoutView.as_view()

password_reset = views.PasswordResetView.as_view(
    form_class=ResetForm,
    token_generator=reset_tokens,
    template_name="workspace/password_reset.html",
    email_template_name="workspace/mail/password_reset.txt",
    subject_template_name="workspace/mail/password_reset_subject.txt",
    success_url=reverse_lazy("password_reset_sent"),
)
password_reset_sent = views.PasswordResetDoneView.as_view(
    template_name="workspace/password_reset_sent.html"
)
password_reset_confirm = views.PasswordResetConfirmView.as_view(
    token_generator=reset_tokens,
    template_name="workspace/password_reset_confirm.html",
    success_url=reverse_lazy("sign_in"),
)
