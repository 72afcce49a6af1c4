"""The OpenAPI document of the JSON API: one row per operation.

Must not know how an operation is carried out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.forms import Form

from scim_provisioning.console import filters, forms
from scim_provisioning.console.activity import ActivityPage
from scim_provisioning.console.api.answers import (
    CheckAnswer,
    GroupAnswer,
    NewToken,
    PersonAnswer,
)
from scim_provisioning.console.api.schemas import Schema, answer_schema, field_schema, form_schema
from scim_provisioning.console.groups import Group
from scim_provisioning.console.listing import Listing
from scim_provisioning.console.overview import Overview
from scim_provisioning.console.people import Person
from scim_provisioning.console.webhook import Result, WebhookOverview

_JSON = "application/json"
_REFUSALS = {
    "400": "The body is not JSON.",
    "403": "Signed out, no owner, no CSRF token, or the plan does not include provisioning.",
    "404": "There is no such workspace, or nothing of it with this id.",
    "409": "Somebody else was first, or the state does not allow it; the sentence says which.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    method: Literal["get", "post"]
    path: str
    summary: str
    query: type[Form] | None = None
    body: type[Form] | None = None
    answer: Any = None
    status: int = 200


def _post(path: str, summary: str, body: type[Form] = Form) -> Operation:
    return Operation(method="post", path=path, summary=summary, body=body, status=204)


OPERATIONS: Sequence[Operation] = (
    Operation(method="get", path="/", summary="All that the settings page shows", answer=Overview),
    Operation(
        method="post",
        path="/enable/",
        summary="Switch provisioning on; the token is shown this once",
        body=forms.EnableForm,
        answer=NewToken,
        status=201,
    ),
    _post("/disable/", "Switch provisioning off; people and groups stay", forms.DisableForm),
    Operation(
        method="post",
        path="/tokens/",
        summary="Make a token; it is shown this once",
        body=forms.NewTokenForm,
        answer=NewToken,
        status=201,
    ),
    _post("/tokens/{token}/revoke/", "End a token at once", forms.RevokeForm),
    Operation(
        method="get",
        path="/activity/",
        summary="What the directory did, what was refused and what was decided here, newest first",
        query=filters.ActivityForm,
        answer=ActivityPage,
    ),
    Operation(
        method="get",
        path="/people/",
        summary="The people, by name",
        query=filters.PeopleForm,
        answer=Listing[Person],
    ),
    Operation(
        method="get",
        path="/people/{scim_id}/",
        summary="A person: attributes, timeline, deprovision receipt",
        answer=PersonAnswer,
    ),
    _post(
        "/people/{scim_id}/hand-back/",
        "Let the directory own an attribute of a person again",
        forms.HandBackForm,
    ),
    Operation(
        method="get",
        path="/groups/",
        summary="The groups, by name",
        query=filters.GroupsForm,
        answer=Listing[Group],
    ),
    _post(
        "/groups/policy/", "Choose what becomes of the groups from before", forms.GroupPolicyForm
    ),
    Operation(
        method="get",
        path="/groups/{scim_id}/",
        summary="A group and its timeline",
        answer=GroupAnswer,
    ),
    _post("/groups/{scim_id}/role/", "Tie a role to a group", forms.RoleForm),
    _post("/groups/{scim_id}/undo-adoption/", "Part a group from the one it took over"),
    _post("/groups/{scim_id}/restore/", "Bring back a group that was put away"),
    Operation(
        method="get",
        path="/webhook/",
        summary="The webhook: its receiver, the keys to verify with, what was sent",
        answer=WebhookOverview,
    ),
    _post("/webhook/address/", "Send events to a URL from now on", forms.WebhookForm),
    Operation(
        method="post",
        path="/webhook/test/",
        summary="Send a test event, and wait for what comes of it",
        body=Form,
        answer=Result,
    ),
    _post("/webhook/rotate/", "Sign with a new key from now on", forms.RotateKeyForm),
    _post("/webhook/remove/", "Send no more", forms.RemoveWebhookForm),
    Operation(
        method="post",
        path="/check/",
        summary="Play an identity provider; everything is undone at the end",
        body=forms.CheckForm,
        answer=CheckAnswer,
    ),
)


def document(server: str) -> Schema:
    """Write the document for the API below one address."""
    paths: dict[str, Schema] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _describe(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Directory provisioning", "version": "1"},
        "servers": [{"url": server}],
        "security": [{"session": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
            },
            "schemas": {"Refusal": _object(detail={"type": "string"}), "Errors": _errors()},
        },
    }


def _describe(operation: Operation) -> Schema:
    described: Schema = {
        "summary": operation.summary,
        "parameters": [*_path_parameters(operation.path), *_query_parameters(operation.query)],
        "responses": _responses(operation),
    }
    if operation.body is not None:
        content = {_JSON: {"schema": form_schema(operation.body)}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _path_parameters(path: str) -> list[Schema]:
    known = {
        "token": {"type": "integer", "minimum": 1, "maximum": 2**53 - 1},
        "scim_id": {"type": "string", "format": "uuid"},
    }
    return [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name, schema in known.items()
        if f"{{{name}}}" in path
    ]


def _query_parameters(form: type[Form] | None) -> list[Schema]:
    if form is None:
        return []
    return [
        {"name": name, "in": "query", "required": False, "schema": field_schema(field)}
        for name, field in form.base_fields.items()
    ]


def _responses(operation: Operation) -> Schema:
    success: Schema = {"description": "Done."}
    if operation.answer is not None:
        success["content"] = {_JSON: {"schema": answer_schema(operation.answer)}}
    responses = {str(operation.status): success}
    refusal = {_JSON: {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for status, sentence in _REFUSALS.items():
        responses[status] = {"description": sentence, "content": refusal}
    errors = {_JSON: {"schema": {"$ref": "#/components/schemas/Errors"}}}
    responses["422"] = {"description": "A field does not fit.", "content": errors}
    return responses


def _errors() -> Schema:
    sentences = {"type": "array", "items": {"type": "string"}}
    return _object(errors={"type": "object", "additionalProperties": sentences})


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}
