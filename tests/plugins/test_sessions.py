"""A session that a test forgets is seen, and what our helpers open is closed."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.connections import another_connection
from tests.plugins.sessions import sessions_left
from tests.processes import run_all_at_once

pytestmark = pytest.mark.django_db
LOOK = """
from django.db import connection
from tests.plugins.portal import driver
from tests.waiting import wait_until
def sessions():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'look'")
        return {pid for (pid,) in cursor.fetchall()}
def only_session():  # the server takes a moment to see that a client has gone
    wait_until(lambda: len(sessions()) == 1)
    return sessions()
before = only_session()
with driver():
    during = only_session()
print(len({*before, *during, *only_session()}))
"""


def pid(_number: int = 0) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def test_look_for_sessions_finds_an_open_one():
    mine = pid()
    assert mine in [left for left, _state, _query in sessions_left(seconds=0)]


def test_call_in_another_connection_leaves_none():
    mine = pid()
    with another_connection() as submit:
        others = submit(pid).result()
    assert others != mine
    assert others not in [left for left, _state, _query in sessions_left(seconds=0.5)]


def test_driver_of_the_browser_leaves_no_connection_behind():
    assert run_all_at_once([LOOK], PGAPPNAME="look") == ["3"]
