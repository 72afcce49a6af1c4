"""The settings page's addresses; the host mounts them below a `workspace` argument.

Must not know what a page does.
"""

from __future__ import annotations

from django.urls import path

from scim_provisioning.console import views

app_name = "scim_provisioning_console"

urlpatterns = [
    path("", views.SettingsView.as_view(), name="settings"),
    path("enable/", views.EnableView.as_view(), name="enable"),
    path("disable/", views.DisableView.as_view(), name="disable"),
    path("tokens/", views.NewTokenView.as_view(), name="new-token"),
    path("tokens/<int:token>/revoke/", views.RevokeTokenView.as_view(), name="revoke-token"),
]
