"""The JSON API's addresses, below the settings page's.

Must not know what an endpoint does.
"""

from __future__ import annotations

from django.urls import path

from scim_provisioning.console.api import views, webhook

_person = "people/<uuid:scim_id>/"
_group = "groups/<uuid:scim_id>/"

urlpatterns = [
    path("", views.OverviewEndpoint.as_view(), name="api"),
    path("openapi.json", views.DescriptionEndpoint.as_view(), name="api-description"),
    path("enable/", views.EnableEndpoint.as_view(), name="api-enable"),
    path("disable/", views.DisableEndpoint.as_view(), name="api-disable"),
    path("tokens/", views.TokensEndpoint.as_view(), name="api-tokens"),
    path("tokens/<int:token>/revoke/", views.RevokeTokenEndpoint.as_view(), name="api-revoke"),
    path("activity/", views.ActivityEndpoint.as_view(), name="api-activity"),
    path("people/", views.PeopleEndpoint.as_view(), name="api-people"),
    path(_person, views.PersonEndpoint.as_view(), name="api-person"),
    path(f"{_person}hand-back/", views.HandBackEndpoint.as_view(), name="api-hand-back"),
    path("groups/", views.GroupsEndpoint.as_view(), name="api-groups"),
    path("groups/policy/", views.GroupPolicyEndpoint.as_view(), name="api-group-policy"),
    path(_group, views.GroupEndpoint.as_view(), name="api-group"),
    path(f"{_group}role/", views.RoleEndpoint.as_view(), name="api-role"),
    path(f"{_group}undo-adoption/", views.UndoAdoptionEndpoint.as_view(), name="api-undo-adoption"),
    path(f"{_group}restore/", views.RestoreGroupEndpoint.as_view(), name="api-restore-group"),
    path("webhook/", webhook.WebhookEndpoint.as_view(), name="api-webhook"),
    path("webhook/address/", webhook.AddressEndpoint.as_view(), name="api-set-webhook"),
    path("webhook/test/", webhook.TestEndpoint.as_view(), name="api-test-webhook"),
    path("webhook/rotate/", webhook.RotateKeyEndpoint.as_view(), name="api-rotate-webhook-key"),
    path("webhook/remove/", webhook.RemoveEndpoint.as_view(), name="api-remove-webhook"),
    path("check/", views.CheckEndpoint.as_view(), name="api-check"),
]
