"""The settings page's addresses; the host mounts them below a `workspace` argument.

Must not know what a page does.
"""

from __future__ import annotations

from django.urls import include, path, re_path

from scim_provisioning.console.views import activity, check, groups, people, settings, webhook

app_name = "scim_provisioning_console"

_person = "people/<uuid:scim_id>/"
_group = "groups/<uuid:scim_id>/"

urlpatterns = [
    path("", settings.SettingsView.as_view(), name="settings"),
    path("live/", settings.LiveView.as_view(), name="live"),
    path("enable/", settings.EnableView.as_view(), name="enable"),
    path("disable/", settings.DisableView.as_view(), name="disable"),
    path("tokens/", settings.NewTokenView.as_view(), name="new-token"),
    path("tokens/<int:token>/revoke/", settings.RevokeTokenView.as_view(), name="revoke-token"),
    path("activity/", activity.ActivityView.as_view(), name="activity"),
    re_path(
        r"^activity\.(?P<format>csv|json)$", activity.ExportView.as_view(), name="export-activity"
    ),
    path("people/", people.PeopleView.as_view(), name="people"),
    path(_person, people.PersonView.as_view(), name="person"),
    path(f"{_person}hand-back/", people.HandBackView.as_view(), name="hand-back"),
    path(f"{_person}receipt.json", people.ReceiptView.as_view(), name="receipt"),
    path("groups/", groups.GroupsView.as_view(), name="groups"),
    path("groups/policy/", groups.GroupPolicyView.as_view(), name="group-policy"),
    path(_group, groups.GroupView.as_view(), name="group"),
    path(f"{_group}role/", groups.RoleView.as_view(), name="role"),
    path(f"{_group}undo-adoption/", groups.UndoAdoptionView.as_view(), name="undo-adoption"),
    path(f"{_group}restore/", groups.RestoreGroupView.as_view(), name="restore-group"),
    path("webhook/", webhook.WebhookView.as_view(), name="webhook"),
    path("webhook/address/", webhook.SetWebhookView.as_view(), name="set-webhook"),
    path("webhook/test/", webhook.TestWebhookView.as_view(), name="test-webhook"),
    path("webhook/rotate/", webhook.RotateKeyView.as_view(), name="rotate-webhook-key"),
    path("webhook/remove/", webhook.RemoveWebhookView.as_view(), name="remove-webhook"),
    path("check/", check.CheckView.as_view(), name="check"),
    path("api/", include("scim_provisioning.console.api.urls")),
]
