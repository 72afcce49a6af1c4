"""The Celery application; must not know its tasks, each app brings its own."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.base")

app = Celery("workspace")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
