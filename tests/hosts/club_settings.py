"""Settings of the second host: its database, and what README's section on installing says."""

from __future__ import annotations

import os

import dj_database_url

SECRET_KEY = "second-host"
ALLOWED_HOSTS = ["*"]
USE_TZ = True
ROOT_URLCONF = "club_urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "rest_framework",
    "scim_provisioning",
    "club",
]
DATABASES = {"default": dj_database_url.parse(os.environ["CLUB_DATABASE"])}
SCIM_PROVISIONING = {
    "BASE_URL": "https://club.example",
    "WORKSPACE_MODEL": "club.Club",
    "MEMBER_MODEL": "club.Person",
    "GROUP_MODEL": "club.Team",
    "WORKSPACE_ADAPTER": "club.scim.ClubAdapter",
    "USER_ADAPTER": "club.scim.PersonAdapter",
    "GROUP_ADAPTER": "club.scim.TeamAdapter",
}
