"""A test that commits leaves no session at its database: a forgotten one would keep the database from being dropped.

Such tests have threads and processes beside them, which connect by themselves. Django closes the connection of the
test after it; who is still there then was forgotten by this test, which fails and says what the session did last.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import closing
from urllib.parse import urlsplit

import psycopg2
import pytest

SECONDS = 15  # for the server to notice that a killed process is gone
OTHERS = "SELECT pid, state, query FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """Ask who is left once everything of the test is torn down."""
    yield
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        assert sessions_left() == [], "a thread or process of this test is still connected: use tests/connections.py"


def sessions_left(*, seconds: float = SECONDS) -> list[tuple[int, str, str]]:
    """The sessions at the test database, once those that are ending have had the time to."""
    from django.db import connection  # noqa: PLC0415 (a plugin is loaded before the settings are ready)

    from tests.waiting import becomes_true  # noqa: PLC0415

    name = connection.settings_dict["NAME"]
    maintenance = urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl()
    with closing(psycopg2.connect(maintenance)) as own, own.cursor() as cursor:
        own.autocommit = True

        def sessions() -> list[tuple[int, str, str]]:
            cursor.execute(OTHERS, [name])
            return cursor.fetchall()

        becomes_true(lambda: not sessions(), seconds=seconds)
        return sessions()
