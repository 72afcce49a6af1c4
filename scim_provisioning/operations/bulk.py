"""Carry out many operations in one request (RFC 7644 §3.7).

Each operation is a transaction of its own. Must not know HTTP, nor what an operation does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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


class _Run:
    """One bulk request under way."""

    def __init__(self, call: Call, request: BulkRequest, translate: ErrorTranslation) -> None:
        self.call = call
        self.request = request
        self.translate = translate
        self.done: dict[int, BulkResult] = {}
        self.ids: dict[str, str] = {}
        self.failed: set[str] = set()
        self.unfinished: list[tuple[int, BulkOperation]] = []
        self.promised = {each.bulk_id for each in request.operations if each.bulk_id}

    def results(self) -> list[BulkResult]:
        waiting = dict(enumerate(self.request.operations))
        while waiting and not self._has_failed_enough():
            index = self._next(waiting)
            self._run(index, waiting.pop(index))
            self._finish()
        return [result for _, result in sorted(self.done.items())]

    def _next(self, waiting: dict[int, BulkOperation]) -> int:
        """Choose the first that waits for nothing; in a circle, the first that creates."""
        for index, operation in waiting.items():
            if not self._awaited(operation):
                return index
        creating = (i for i, each in waiting.items() if each.method is BulkMethod.POST)
        return next(creating, next(iter(waiting)))

    def _awaited(self, operation: BulkOperation) -> frozenset[str]:
        return (references(operation) & self.promised) - self.ids.keys() - self.failed

    def _has_failed_enough(self) -> bool:
        limit = self.request.fail_on_errors
        failures = sum(result.response is not None for result in self.done.values())
        return limit is not None and failures >= limit

    def _run(self, index: int, operation: BulkOperation) -> None:
        try:
            self._refuse_broken(operation)
            resource = self._carry_out(operation)
        except Exception as problem:  # the last resort of one operation: the others go on
            self._fail(index, operation, problem)
            return
        if operation.bulk_id and resource:
            self.ids[operation.bulk_id] = resource["id"]
        if self._awaited(operation):
            self.unfinished.append((index, operation))
        self.done[index] = _succeeded(operation, resource, self._location(operation))

    def _refuse_broken(self, operation: BulkOperation) -> None:
        wanted = references(operation)
        if wanted & self.failed:
            raise Conflict("An operation that this one refers to has failed.")
        if wanted - self.promised:
            raise InvalidValue("A bulkId that this operation refers to is not in the request.")

    def _carry_out(self, operation: BulkOperation) -> Resource | None:
        resource_type = _resource_type(operation.endpoint)
        projection = Projection.parse(("meta",), None, resource_type)
        data = resolve(operation.data, self.ids)
        if operation.method is BulkMethod.POST:
            return create(self.call, resource_type, data, projection)
        scim_id = resolve_id(operation.resource_id or "", self.ids)
        if operation.method is BulkMethod.PUT:
            return replace(
                self.call, resource_type, scim_id, data, projection, if_match=operation.version
            )
        if operation.method is BulkMethod.PATCH:
            return patch(
                self.call, resource_type, scim_id, data, projection, if_match=operation.version
            )
        delete(self.call, resource_type, scim_id, if_match=operation.version)
        return None

    def _finish(self) -> None:
        """Give the resources of a circle the references that they were made without."""
        ready = [each for each in self.unfinished if not self._awaited(each[1])]
        self.unfinished = [each for each in self.unfinished if self._awaited(each[1])]
        for index, operation in ready:
            resource_type = _resource_type(operation.endpoint)
            scim_id = self.ids[operation.bulk_id or ""]
            projection = Projection.parse(("meta",), None, resource_type)
            try:
                data = resolve(operation.data, self.ids)
                resource = replace(self.call, resource_type, scim_id, data, projection)
            except Exception as problem:  # as in _run
                self._fail(index, operation, problem)
                continue
            self.done[index] = _succeeded(operation, resource, None)

    def _fail(self, index: int, operation: BulkOperation, problem: Exception) -> None:
        error = self.translate(problem)
        if operation.bulk_id:
            self.failed.add(operation.bulk_id)
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


def _succeeded(
    operation: BulkOperation, resource: Resource | None, location: str | None
) -> BulkResult:
    meta = resource["meta"] if resource else {}
    return BulkResult(
        method=operation.method,
        bulk_id=operation.bulk_id,
        status=_SUCCESS[operation.method],
        location=meta.get("location", location),
        version=meta.get("version"),
    )
