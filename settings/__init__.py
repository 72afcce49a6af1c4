"""The composition root: settings, URLs and entry points; must not hold business rules."""

from settings.celery import app as celery_app

# Loaded with the settings, so that a web process, too, sends its tasks to the right broker.
__all__ = ["celery_app"]
