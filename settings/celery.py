"""The Celery application; must not know its tasks, each app brings its own.

Run a worker with DJANGO_SETTINGS_MODULE set: `celery --app settings worker`.
"""

from __future__ import annotations

from celery import Celery

app = Celery("workspace")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Celery's current application is one of each thread; a server's other threads get this one.
app.set_default()
