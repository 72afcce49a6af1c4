"""The settings of the django-scim2 project; must not know this project's app."""

from __future__ import annotations

import os

from benchmarks.database_settings import connection

SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django_scim",
    "benchmarks.django_scim2",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "benchmarks.django_scim2.authentication.TokenMiddleware",
    "django_scim.middleware.SCIMAuthCheckMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "benchmarks.django_scim2.urls"
DATABASES = {"default": connection(os.environ["DATABASE_URL"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# No history to keep: all tables are made at once.
MIGRATION_MODULES = dict.fromkeys(("auth", "contenttypes", "sessions", "django_scim2"))
DATA_UPLOAD_MAX_MEMORY_SIZE = None
USE_TZ = True

AUTH_USER_MODEL = "django_scim2.User"
SCIM_SERVICE_PROVIDER = {
    "NETLOC": "127.0.0.1",
    "SCHEME": "http",
    "AUTHENTICATION_SCHEMES": [{"type": "oauthbearertoken", "name": "Token", "description": ""}],
    "GROUP_MODEL": "benchmarks.django_scim2.models.Group",
    "USER_ADAPTER": "benchmarks.django_scim2.adapters.UserAdapter",
    "GROUP_ADAPTER": "benchmarks.django_scim2.adapters.GroupAdapter",
    "USER_FILTER_PARSER": "benchmarks.django_scim2.filters.UserFilter",
    "GROUP_FILTER_PARSER": "benchmarks.django_scim2.filters.GroupFilter",
}
