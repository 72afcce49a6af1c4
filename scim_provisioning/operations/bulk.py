"""Carry out many operations in one request (RFC 7644 §3.7).

Each operation is a transaction of its own, and so is a circle of operations that refer to each
other. Must not know HTTP, nor what an operation does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from scim_provisioning.journal import Call, record_refusal
from scim_provisioning.operations.create import create
from scim_provisioning.operations.delete import delete
from scim_provisioning.operations.patch import patch
from scim_provisioning.operations.replace import replace
from scim_provisioning.operations.stores.store import Resource
from scim_provisioning.protocol.errors import Conflict, InvalidValue, NotFound, ScimError
from scim_provisioning.protocol.messages import (
    BulkMethod,
    BulkOperation,
    BulkRequest,
    BulkResult,
    bulk_response,
    error_document,
)
from scim_provisioning.protocol.projection import Projection
from scim_provisioning.protocol.references import references, resolve, resolve_id
from scim_provisioning.protocol.schedule import schedule
from scim_provisioning.protocol.schemas import RESOURCE_TYPES, ResourceType

ErrorTranslation = Callable[[Exception], ScimError]

_SUCCESS = {
    BulkMethod.POST: 201,
    BulkMethod.PUT: 200,
    BulkMethod.PATCH: 200,
    BulkMethod.DELETE: 204,
}


def bulk(call: Call, request: BulkRequest, *, translate: ErrorTranslation) -> dict[str, Any]:
    """Run the operations, each after those it refers to; answer in the request's order.

    `translate` turns what an operation raises into the error that its result shows.
    """
    return bulk_response(_Run(call, request, translate).results())


class _CircleFailed(Exception):
    """An operation of a circle failed, so that all of the circle is undone."""

    def __init__(self, index: int, problem: Exception) -> None:
        super().__init__()
        self.index = index
        self.problem = problem


class _Run:
    """One bulk request under way."""

    def __init__(self, call: Call, request: BulkRequest, translate: ErrorTranslation) -> None:
        self.call = call
        self.operations = request.operations
        self.most_errors = request.fail_on_errors
        self.translate = translate
        self.done: dict[int, BulkResult] = {}
        self.ids: dict[str, str] = {}
        self.failures = 0
        self.promised = {each.bulk_id for each in request.operations if each.bulk_id}

    def results(self) -> list[BulkResult]:
        for indices in schedule(self.operations):
            if self.most_errors is not None and self.failures >= self.most_errors:
                break
            if self._is_circle(indices):
                self._run_circle(indices)
            else:
                self._run(indices[0])
        return [result for _, result in sorted(self.done.items())]

    def _is_circle(self, indices: tuple[int, ...]) -> bool:
        first = self.operations[indices[0]]
        return len(indices) > 1 or first.bulk_id in references(first)

    def _run(self, index: int) -> None:
        operation = self.operations[index]
        try:
            self._refuse_broken(operation)
            resource = self._carry_out(operation)
        except Exception as problem:  # the last resort of one operation: the others go on
            self._fail(index, problem)
            return
        self._succeed(index, resource)

    def _run_circle(self, indices: tuple[int, ...]) -> None:
        """Make each without the references that have no id yet, then give them all; or none."""
        ids = dict(self.ids)
        try:
            with transaction.atomic():
                for index in indices:
                    self._step(index, self._carry_out)
                for index in indices:
                    self._step(index, self._complete)
        except _CircleFailed as failure:
            self.ids = ids
            for index in indices:
                broken = Conflict("An operation that this one refers to has failed.")
                self._fail(index, failure.problem if index == failure.index else broken)

    def _step(self, index: int, action: Callable[[BulkOperation], Resource | None]) -> None:
        operation = self.operations[index]
        try:
            if operation.method is not BulkMethod.POST:
                raise InvalidValue("Only operations that create may refer to each other.")
            self._succeed(index, action(operation))
        except Exception as problem:  # the last resort of one operation, as in _run
            raise _CircleFailed(index, problem) from problem

    def _refuse_broken(self, operation: BulkOperation) -> None:
        wanted = references(operation)
        if wanted - self.promised:
            raise InvalidValue("A bulkId that this operation refers to is not in the request.")
        if wanted - self.ids.keys():
            raise Conflict("An operation that this one refers to has failed.")

    def _carry_out(self, operation: BulkOperation) -> Resource | None:
        resource_type = _resource_type(operation.endpoint)
        projection = Projection.parse(("meta",), None, resource_type)
        data = resolve(operation.data, self.ids)
        if operation.method is BulkMethod.POST:
            return create(self.call, resource_type, data, projection)
        scim_id = resolve_id(operation.resource_id or "", self.ids)
        if operation.method is BulkMethod.DELETE:
            return delete(self.call, resource_type, scim_id, if_match=operation.version)
        change = replace if operation.method is BulkMethod.PUT else patch
        return change(
            self.call, resource_type, scim_id, data, projection, if_match=operation.version
        )

    def _complete(self, operation: BulkOperation) -> Resource:
        """Give a resource of a circle the references that it was made without."""
        resource_type = _resource_type(operation.endpoint)
        projection = Projection.parse(("meta",), None, resource_type)
        scim_id = self.ids[operation.bulk_id or ""]
        data = resolve(operation.data, self.ids)
        return replace(self.call, resource_type, scim_id, data, projection)

    def _succeed(self, index: int, resource: Resource | None) -> None:
        operation = self.operations[index]
        meta = resource["meta"] if resource else {}
        if operation.bulk_id and resource:
            self.ids[operation.bulk_id] = resource["id"]
        self.done[index] = BulkResult(
            method=operation.method,
            bulk_id=operation.bulk_id,
            status=_SUCCESS[operation.method],
            location=meta.get("location", self._location(operation)),
            version=meta.get("version"),
        )

    def _fail(self, index: int, problem: Exception) -> None:
        operation = self.operations[index]
        error = self.translate(problem)
        self.failures += 1
        record_refusal(
            self.call,
            error,
            operation=operation.method.lower(),
            resource_type=operation.endpoint.strip("/").removesuffix("s")[:16],
            scim_id=operation.resource_id or "",
        )
        self.done[index] = BulkResult(
            method=operation.method,
            bulk_id=operation.bulk_id,
            status=error.status,
            location=self._location(operation),
            response=error_document(error.status, error.detail, error.scim_type),
        )

    def _location(self, operation: BulkOperation) -> str | None:
        """Say where an existing resource is (RFC 7644 §3.7: also of one that failed)."""
        if operation.resource_id is None:
            return None
        scim_id = resolve_id(operation.resource_id, self.ids)
        return f"{self.call.connection.base_url}{operation.endpoint}/{scim_id}"


def _resource_type(endpoint: str) -> ResourceType:
    for resource_type in RESOURCE_TYPES:
        if resource_type.endpoint == endpoint:
            return resource_type
    raise NotFound("There is no such endpoint.")
