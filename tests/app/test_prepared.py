"""Queries compiled once answer with the values, in the thread and under the locks of each run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from unittest.mock import Mock

import pytest
from django.db import connection as database
from django.db import connections, transaction
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError
from django.test import TestCase, TransactionTestCase
from django.test.utils import CaptureQueriesContext

from scim_provisioning.connections import enable
from scim_provisioning.models import Connection, UserLink
from scim_provisioning.prepared import Prepared, Slot
from tests.people import acme, globex


def _of_connection() -> QuerySet[UserLink]:
    key = Slot("connection", Connection._meta.pk)
    return UserLink.objects.filter(connection_id=key).select_related("member").order_by("pk")


class TestPreparedQueries(TestCase):
    def test_each_run_has_its_own_values(self) -> None:
        (one, _), (other, _) = enable(acme().workspace), enable(globex().workspace)
        search = Prepared(_of_connection)

        found = [search(connection=each.pk) for each in (one, other, one)]

        assert found == [list(each.user_links.order_by("pk")) for each in (one, other, one)]
        assert found[0] != found[1]

    def test_a_run_takes_one_statement_and_builds_no_query(self) -> None:
        connection, _ = enable(acme().workspace)
        build = Mock(side_effect=_of_connection)
        search = Prepared(build)
        search(connection=connection.pk)

        with CaptureQueriesContext(database) as queries:
            [link.member.name for link in search(connection=connection.pk)]

        assert len(queries) == 1
        build.assert_called_once()

    def test_a_missing_value_is_an_error_before_anything_is_asked(self) -> None:
        search = Prepared(_of_connection)

        with CaptureQueriesContext(database) as queries, pytest.raises(KeyError):
            search()

        assert not queries.captured_queries


class TestThreadsAndLocks(TransactionTestCase):
    def test_a_query_that_locks_needs_a_transaction_every_time(self) -> None:
        connection, _ = enable(acme().workspace)
        search = Prepared(lambda: _of_connection().select_for_update(of=("self",)))
        with transaction.atomic():
            search(connection=connection.pk)

        with pytest.raises(TransactionManagementError):
            search(connection=connection.pk)

    def test_threads_that_come_first_at_once_all_get_their_own(self) -> None:
        (one, _), (other, _) = enable(acme().workspace), enable(globex().workspace)
        search = Prepared(_of_connection)

        def ask(connection: Connection) -> list[UserLink]:
            try:
                return search(connection=connection.pk)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(ask, [one, other] * 8))

        assert found == [list(each.user_links.order_by("pk")) for each in [one, other] * 8]

    def test_another_thread_asks_over_its_own_connection(self) -> None:
        connection, _ = enable(acme().workspace)
        search = Prepared(_of_connection)
        here = search(connection=connection.pk)
        database.close()
        found: list[UserLink] = []

        def ask() -> None:
            found.extend(search(connection=connection.pk))
            connections.close_all()

        thread = Thread(target=ask)
        thread.start()
        thread.join()

        assert found == here != []
        assert database.connection is None
