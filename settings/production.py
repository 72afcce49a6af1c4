"""Settings of production; must not start without its secrets."""

from __future__ import annotations

from settings import env
from settings.base import *  # noqa: F403
from settings.caches import cache
from settings.logs import console

DEBUG = False
LOGGING = console(env.text("LOG_LEVEL", "INFO"), structured=env.boolean("LOG_JSON", default=True))
SECRET_KEY = env.required("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = [host.strip() for host in env.required("ALLOWED_HOSTS").split(",")]
env.required("DATABASE_URL")
env.required("BASE_URL")

# Rate limits and the day's requests are counted there; several server processes need one cache.
# It may be down: requests then go on, uncounted.
#
#     CACHE_URL=rediss://:password@redis.example:6380/1
CACHES = {"default": cache(env.text("CACHE_URL"))}

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.boolean("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.integer("SECURE_HSTS_SECONDS", 31_536_000)
if env.boolean("BEHIND_PROXY"):
    # Only a proxy that overwrites this header may stand in front.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS")
# Seconds. Mail leaves after the commit, but a request may still be waiting for it.
EMAIL_TIMEOUT = 5

# The broker is Redis or RabbitMQ; a name that one of them does not know is nothing to it.
#
#     CELERY_BROKER_URL=rediss://:password@redis.example:6380/0?ssl_cert_reqs=required
#     CELERY_BROKER_URL=amqps://user:password@rabbitmq.example:5671/vhost
#
# It may be down, hang or come back empty: a nudge that gets lost is made up for by the sweep.
# Run `celery --app settings worker` as often as you like, and `celery --app settings beat` once;
# or instead of both `manage.py scim_outbox --loop`, and `manage.py mail_invitations` from cron.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **CELERY_BROKER_TRANSPORT_OPTIONS,  # noqa: F405
    # Redis, seconds: an unacknowledged task is handed out again. No task may take as long
    # (CELERY_TASK_TIME_LIMIT), or two workers would have it. RabbitMQ's is its consumer_timeout,
    # half an hour.
    "visibility_timeout": 3600,
    # Redis, seconds: a worker whose acknowledgement times out never gets that place back, and
    # with its last place it stops. So it waits for a server that hangs, and tries once more.
    "socket_timeout": 30,
    "retry_on_timeout": True,
    # Redis: a connection that a firewall has forgotten is noticed.
    "socket_keepalive": True,
    "health_check_interval": 30,
}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
