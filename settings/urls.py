"""Every address of the product and of the apps plugged into it; must not hold views."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("scim/v2/", include("scim_provisioning.api.urls")),
    path(
        "workspaces/<slug:workspace>/settings/scim/",
        include("scim_provisioning.console.urls"),
    ),
    path("", include("workspace.urls")),
]
