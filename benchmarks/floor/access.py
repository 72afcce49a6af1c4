"""Who may call, by the digest of a token; must not know what is asked."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from scim_provisioning.models import Token

View = Callable[..., HttpResponse]


def authenticated(view: View) -> View:
    """Call a view with the workspace's key, or answer 401."""

    @csrf_exempt
    def check(request: HttpRequest, connection: UUID, **kwargs: Any) -> HttpResponse:
        secret = request.headers.get("Authorization", "").removeprefix("Bearer ")
        digest = hashlib.sha256(secret.encode()).hexdigest()
        token = (
            Token.objects.filter(
                key_id=secret[5:13],
                connection__public_id=connection,
                connection__disabled_at=None,
                revoked_at=None,
                expires_at__gt=timezone.now(),
            )
            .values("digest", "connection_id")
            .first()
        )
        if token is None or not hmac.compare_digest(token["digest"], digest):
            return HttpResponse(status=401)
        base = f"http://127.0.0.1/scim/v2/{connection}"
        return view(request, token["connection_id"], base, **kwargs)

    return check


def json_response(content: Any, status: int = 200) -> HttpResponse:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, status=status, content_type="application/scim+json")
