"""The JSON API's own description: valid, complete, and kept to under random requests."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from openapi_spec_validator import validate
from schemathesis import GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from scim_provisioning.console.api import urls
from scim_provisioning.console.api.openapi import OPERATIONS, document
from scim_provisioning.models import Connection
from tests.console.conftest import PAGE

API = f"{PAGE}api"
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
BOUNDS = bounded(
    max_examples=6,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_the_document_is_valid(owner: Client) -> None:
    described = owner.get(f"{API}/openapi.json").json()

    validate(described)
    assert described == document(API)


def test_every_address_is_described() -> None:
    addresses = {
        "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern)) for pattern in urls.urlpatterns
    }

    assert addresses - {"/openapi.json"} == {operation.path for operation in OPERATIONS}


@pytest.mark.django_db(transaction=True)  # a WSGI server closes its connections
@pytest.mark.parametrize("number", range(len(OPERATIONS)))
def test_random_requests_are_answered_as_described(
    number: int, owner: Client, connection: Connection
) -> None:
    schema = openapi.from_dict(document(API))
    schema.app = get_wsgi_application()
    schema.config.generation.update(modes=[GenerationMode.POSITIVE])
    row = OPERATIONS[number]
    operation = schema[row.path][row.method.upper()]
    headers = _signed_in(owner)

    @BOUNDS
    @given(case=operation.as_strategy())
    def answered_as_described(case: Any) -> None:
        response = case.call(headers=headers)
        case.validate_response(response, checks=list(CHECKS))

    answered_as_described()


def _signed_in(client: Client) -> dict[str, str]:
    client.get(PAGE)
    cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())
    csrf = client.cookies["csrftoken"].value
    return {"Cookie": cookies, "X-CSRFToken": csrf, "Origin": "http://localhost"}
