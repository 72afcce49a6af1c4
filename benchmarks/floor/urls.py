"""The addresses of the hand-written views; must not hold views."""

from __future__ import annotations

from django.urls import path

from benchmarks.floor import groups, users
from benchmarks.floor.access import authenticated

_BASE = "scim/v2/<uuid:connection>"

urlpatterns = [
    path(f"{_BASE}/Users", authenticated(users.collection)),
    path(f"{_BASE}/Users/<uuid:scim_id>", authenticated(users.item)),
    path(f"{_BASE}/Groups", authenticated(groups.collection)),
    path(f"{_BASE}/Groups/<uuid:scim_id>", authenticated(groups.item)),
    path(f"{_BASE}/Bulk", authenticated(users.bulk)),
]
