"""A run that was killed leaves a database, and the next one drops it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from psycopg2.extensions import cursor

from tests.plugins.migrated import NAME, drop_left_behind, make_migrated, server


def names(query: cursor) -> set[str]:
    query.execute("SELECT datname FROM pg_database")
    return {name for (name,) in query.fetchall()}


@pytest.mark.django_db
def test_next_run_drops_what_a_killed_one_left_and_no_other():
    own = make_migrated()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = f"migrated_{ended.pid}_left"
    with server() as query:
        query.execute(f"CREATE DATABASE {left}")
        drop_left_behind(query)
        assert left not in names(query)
        assert own in names(query)
    assert own == os.environ[NAME]
