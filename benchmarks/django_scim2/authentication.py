"""A bearer token by its digest; must not know SCIM."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class TokenMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from benchmarks.django_scim2.models import Token

        secret = request.headers.get("Authorization", "").removeprefix("Bearer ")
        digest = hashlib.sha256(secret.encode()).hexdigest()
        token = Token.objects.select_related("user").filter(digest=digest).first()
        if token is not None:
            request.user = token.user
        return self.get_response(request)
