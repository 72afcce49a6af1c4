"""The entry point of all three servers; must not know which one it is."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from benchmarks.counting import counting

application = counting(get_wsgi_application())
