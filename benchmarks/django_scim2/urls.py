"""django-scim2's own addresses; must not hold views."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("scim/v2/", include("django_scim.urls"))]
