"""Settings that every environment shares; must not hold a secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from celery.schedules import crontab
from django.urls import reverse_lazy

from settings import env
from settings.databases import database

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = env.text("SECRET_KEY", "development-only")
DEBUG = env.boolean("DEBUG", default=True)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "scim_provisioning",
    "workspace",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "settings.urls"
WSGI_APPLICATION = "settings.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workspace.views.navigation.navigation",
            ],
        },
    },
]

DATABASES = {
    "default": database(
        env.text("DATABASE_URL"),
        default=BASE_DIR / "db.sqlite3",
        behind_pooler=env.boolean("DATABASE_BEHIND_POOLER"),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "workspace.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = reverse_lazy("sign_in")
LOGIN_REDIRECT_URL = reverse_lazy("workspaces")
LOGOUT_REDIRECT_URL = reverse_lazy("sign_in")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "workspace.views.authentication.ApiKeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "workspace.views.exception_handler.handle",
}

BASE_URL = env.text("BASE_URL", "http://127.0.0.1:8000")

SCIM_PROVISIONING: dict[str, Any] = {
    "BASE_URL": BASE_URL,
    "WORKSPACE_MODEL": "workspace.Workspace",
    "MEMBER_MODEL": "workspace.Member",
    "GROUP_MODEL": "workspace.Group",
    "WORKSPACE_FIELD": "workspace",
    "WORKSPACE_ADAPTER": "workspace.scim.WorkspaceAdapter",
    "USER_ADAPTER": "workspace.scim.MemberAdapter",
    "GROUP_ADAPTER": "workspace.scim.GroupAdapter",
    "BROKER_URL": env.text("CELERY_BROKER_URL"),
}
WORKSPACE_DIRECTORY_URL_NAME = "scim_provisioning_console:settings"

# Without a broker tasks run in the process, after the commit (workspace/tasks.py), and so do the
# handlers of events; `manage.py scim_outbox --loop` tries again what failed.
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL")
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# Seconds; well below the hour after which a Redis broker hands a task out again.
CELERY_TASK_TIME_LIMIT = 300
# One at a time: what a worker has not begun, another can take.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BEAT_SCHEDULE = {
    "deliver what no nudge has": {
        "task": "scim_provisioning.sweep",
        "schedule": 15.0,
        # Seconds. Without a worker they must not pile up.
        "options": {"expires": 15},
    },
    "mail what no nudge has": {
        "task": "workspace.tasks.mail_invitations",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "keep house": {
        "task": "scim_provisioning.keep_house",
        "schedule": crontab(hour=4, minute=0),
    },
}
# Seconds. A broker that is down may not hold a request: who sends a task gives up at once.
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Workspace <noreply@localhost>")

LANGUAGE_CODE = "en"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
