"""The second host mounts the endpoints elsewhere, and no settings page."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("directory/", include("scim_provisioning.api.urls"))]
