"""The edge: media types, slashes, headers, and every failure as a SCIM Error (RFC 7644 §3.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from scim_provisioning.protocol import urns
from tests.api.client import SCIM_JSON, Answer, Configure, Directory, operation


@pytest.mark.parametrize(
    "content_type",
    [
        "application/scim+json",
        "application/json",
        "application/scim+json; charset=utf-8",
        "application/json;charset=UTF-8",
        "APPLICATION/JSON",
    ],
)
def test_json_is_read_under_both_names(directory: Directory, content_type: str) -> None:
    """RFC 7644 §3.1, §8.1."""
    answer = directory.send("POST", "/Users", {"userName": "zoë"}, content_type=content_type)

    assert answer.status == 201
    assert answer.body["userName"] == "zoë"


@pytest.mark.parametrize(
    "accept", ["application/json", "*/*", "text/html", "application/scim+json"]
)
def test_answers_are_in_scim_whatever_is_accepted(directory: Directory, accept: str) -> None:
    answer = directory.send("GET", "/Users", headers={"Accept": accept})

    assert answer.status == 200
    assert answer.headers["Content-Type"] == SCIM_JSON


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_other_media_types_are_refused(directory: Directory, content_type: str) -> None:
    answer = directory.send("POST", "/Users", {"userName": "zoe"}, content_type=content_type)

    assert_error(answer, 415)


def test_a_media_type_without_a_body_is_no_error(directory: Directory) -> None:
    """Keycloak and Google send one with every GET."""
    assert directory.send("GET", "/Users", content_type="text/plain").status == 200


@pytest.mark.parametrize(
    "path", ["/Users", "/Users/", "//Users", "//Users/", "/Users/?aadOptscim062020"]
)
def test_slashes_and_extras_are_let_pass(directory: Directory, path: str) -> None:
    answer = directory.get(path)

    assert answer.status == 200
    assert answer.body["totalResults"] == 4


def test_a_plus_is_a_blank(directory: Directory) -> None:
    path = '/Users?filter=userName+eq+"ben@acme.example"'

    assert directory.get(path).body["totalResults"] == 1
    assert directory.get(path.replace("+", "%20")).body["totalResults"] == 1


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_in_any_case(directory: Directory, scheme: str) -> None:
    answer = directory.send(
        "GET", "/Users", headers={"Authorization": f"{scheme} {directory.token}"}
    )

    assert answer.status == 200


def test_who_is_not_known_is_told_how(directory: Directory) -> None:
    """RFC 6750 §3, RFC 7644 §2."""
    answer = directory.send("GET", "/Users", headers={"Authorization": ""})

    assert_error(answer, 401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


@pytest.mark.parametrize("path", ["/Ducks", "/Users/1/2", "/users", "/%00", "/é"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_an_unknown_path_is_not_found(directory: Directory, method: str, path: str) -> None:
    assert_error(directory.send(method, path, None if method == "GET" else {}), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/Users", "GET, HEAD, POST"),
        ("PUT", "/Groups", "GET, HEAD, POST"),
        ("POST", "/Users/x", "DELETE, GET, HEAD, PATCH, PUT"),
        ("POST", "/Schemas", "GET, HEAD"),
        ("GET", "/Bulk", "POST"),
        ("OPTIONS", "/Users", "GET, HEAD, POST"),
    ],
)
def test_a_method_that_is_not_offered_is_refused(
    directory: Directory, method: str, path: str, allowed: str
) -> None:
    """RFC 9110 §15.5.6: 405 names what is allowed."""
    answer = directory.send(method, path)

    assert_error(answer, 405)
    assert ", ".join(sorted(answer.headers["Allow"].split(", "))) == allowed


def test_a_method_cannot_be_smuggled_in(directory: Directory) -> None:
    ben = directory.user_id("ben@acme.example")

    answer = directory.post(
        f"/Users/{ben}", {"_method": "DELETE"}, headers={"X-HTTP-Method-Override": "DELETE"}
    )

    assert answer.status == 405
    assert directory.get(f"/Users/{ben}").status == 200


def test_a_body_larger_than_announced_is_refused(
    directory: Directory, configure: Configure
) -> None:
    configure(MAX_BODY_BYTES=100)

    answer = directory.post("/Users", {"userName": "zoe", "title": "x" * 100})

    assert_error(answer, 413)
    assert "100" in answer.body["detail"]


def test_a_failure_says_nothing_of_itself(directory: Directory) -> None:
    answer = failing_with(RuntimeError("secret of the server"), lambda: directory.get("/Users"))

    assert_error(answer, 500)
    assert answer.body["detail"] == "The server failed; the fault has been recorded."


@pytest.mark.parametrize("path", ["/Users", "/Groups", "/ServiceProviderConfig", "/Ducks"])
def test_without_its_database_the_server_asks_to_come_back(directory: Directory, path: str) -> None:
    """Not 401, not 404, and no empty list: a directory would act on those."""
    answer = failing_with(
        OperationalError('connection to "10.0.0.5" failed'), lambda: directory.get(path)
    )

    assert_error(answer, 503)
    assert int(answer.headers["Retry-After"]) > 0
    assert "10.0.0.5" not in str(answer.body)


def test_a_write_without_the_database_asks_to_come_back(directory: Directory) -> None:
    ben = directory.user_id("ben@acme.example")

    answer = failing_with(
        OperationalError("connection lost"),
        lambda: directory.patch(f"/Users/{ben}", operation("add", "title", "x")),
        when="UPDATE",
    )

    assert_error(answer, 503)
    assert "title" not in directory.get(f"/Users/{ben}").body


def test_the_host_of_a_request_is_not_believed(directory: Directory) -> None:
    zoe = directory.create_user("zoe")
    path = directory.address(f"/Users/{zoe['id']}")

    response = Client().get(
        path, headers={"Authorization": f"Bearer {directory.token}", "Host": "localhost"}
    )

    assert response.json()["meta"]["location"].startswith(directory.connection.base_url)


def test_every_answer_can_be_traced_and_is_not_kept(directory: Directory) -> None:
    for answer in (directory.get("/Users"), directory.get("/Ducks"), directory.get("/Users/x")):
        assert len(answer.headers["X-Correlation-Id"]) == 32
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_head_is_a_get_without_its_body(directory: Directory) -> None:
    """RFC 9110 §9.3.2."""
    answer = directory.send("HEAD", "/Users")

    assert (answer.status, answer.body) == (200, None)


def test_below_the_prefix_everything_is_scim(db: None) -> None:
    for path in ("/scim/v2/", "/scim/v2/nothing", "/scim/v2/nothing/Users", "/scim/v2//Users"):
        response = Client().get(path)

        assert response.status_code == 401, path
        assert response.json()["schemas"] == [urns.ERROR]


def assert_error(answer: Answer, status: int) -> None:
    """RFC 7644 §3.12: the status is repeated in the body, as text."""
    assert answer.status == status
    assert answer.headers["Content-Type"] == SCIM_JSON
    assert answer.body["schemas"] == [urns.ERROR]
    assert answer.body["status"] == str(status)
    assert answer.body["detail"]
    assert answer.body.keys() <= {"schemas", "status", "scimType", "detail"}


def failing_with(problem: Exception, request: Callable[[], Answer], *, when: str = "") -> Answer:
    """Let every statement that begins so fail while a request is answered."""

    def fail(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(when):
            raise problem
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        return request()
