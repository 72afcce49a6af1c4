"""Every way a SCIM request can fail here, one class each (RFC 7644 §3.12, RFC 9865 §2.1).

    ScimError
    ├── BadRequest 400            InvalidFilter · TooMany · InvalidSyntax · InvalidPath · NoTarget
    │                             InvalidValue · Mutability · InvalidCursor · ExpiredCursor
    │                             InvalidCount
    ├── Unauthorized 401
    ├── Forbidden 403
    ├── NotFound 404
    ├── MethodNotAllowed 405
    ├── Conflict 409              Uniqueness
    ├── PreconditionFailed 412
    ├── PayloadTooLarge 413       TooManyOperations
    ├── UnsupportedMediaType 415
    ├── TooManyRequests 429
    ├── InternalError 500
    ├── NotImplementedHere 501
    └── Unavailable 503

A detail names the offending attribute or path, never its value when that may be personal.
Must not know how an error is rendered or where it is raised.
"""

from __future__ import annotations

from typing import ClassVar


class ScimError(Exception):
    """A refusal that the client can read: an HTTP status, a scimType, a sentence."""

    status: ClassVar[int]
    scim_type: ClassVar[str | None] = None
    default_detail: ClassVar[str]
    retry_after: int | None = None
    """Seconds after which the same request may succeed; None if it won't by itself."""

    def __init__(self, detail: str | None = None) -> None:
        self.detail = detail or self.default_detail
        super().__init__(self.detail)


class BadRequest(ScimError):
    status = 400
    default_detail = "The request is not understood."


class InvalidFilter(BadRequest):
    scim_type = "invalidFilter"
    default_detail = "The filter is not valid."


class TooMany(BadRequest):
    scim_type = "tooMany"
    default_detail = "The filter is larger than this server evaluates."


class InvalidSyntax(BadRequest):
    scim_type = "invalidSyntax"
    default_detail = "The body is not a valid SCIM message."


class InvalidPath(BadRequest):
    scim_type = "invalidPath"
    default_detail = "The path is not valid."


class NoTarget(BadRequest):
    scim_type = "noTarget"
    default_detail = "The path selects nothing that could be changed."


class InvalidValue(BadRequest):
    scim_type = "invalidValue"
    default_detail = "A value does not fit its attribute."


class Mutability(BadRequest):
    scim_type = "mutability"
    default_detail = "The attribute is read-only."


class InvalidCursor(BadRequest):
    scim_type = "invalidCursor"
    default_detail = "The cursor is not one that this server made for this query."


class ExpiredCursor(BadRequest):
    scim_type = "expiredCursor"
    default_detail = "The cursor has expired; begin the listing again."


class InvalidCount(BadRequest):
    scim_type = "invalidCount"
    default_detail = "The count is not one that this server accepts."


class Unauthorized(ScimError):
    status = 401
    default_detail = "The bearer token is missing, wrong, expired or revoked."


class Forbidden(ScimError):
    status = 403
    default_detail = "This is not allowed."


class NotFound(ScimError):
    status = 404
    default_detail = "There is no such resource."


class MethodNotAllowed(ScimError):
    status = 405
    default_detail = "This method is not allowed here."


class Conflict(ScimError):
    status = 409
    default_detail = "The request conflicts with the state of the resource."


class Uniqueness(Conflict):
    scim_type = "uniqueness"
    default_detail = "Another resource already has this value."


class PreconditionFailed(ScimError):
    status = 412
    default_detail = "The resource has changed since the version that If-Match names."


class PayloadTooLarge(ScimError):
    status = 413
    scim_type = "tooMany"
    default_detail = "The body is larger than this server accepts."


class TooManyOperations(PayloadTooLarge):
    default_detail = "The request holds more operations than this server accepts."


class UnsupportedMediaType(ScimError):
    status = 415
    default_detail = "Send application/scim+json or application/json."


class TooManyRequests(ScimError):
    status = 429
    default_detail = "Too many requests; try again after the time that Retry-After names."

    def __init__(self, detail: str | None = None, *, retry_after: int = 1) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class InternalError(ScimError):
    status = 500
    default_detail = "The server failed; the fault has been recorded."


class NotImplementedHere(ScimError):
    status = 501
    default_detail = "This server does not offer that."


class Unavailable(ScimError):
    status = 503
    default_detail = "The server can't reach its database; try again shortly."
    retry_after = 5
