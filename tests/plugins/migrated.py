"""One migrated database a run, of which the databases of the tests are copies: migrations take half a minute."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

import psutil
import psycopg2
from django.conf import settings
from psycopg2.extensions import cursor

NAME = "MIGRATED_DATABASE"  # the variable with its name; the workers of xdist inherit it
LOCK = 20260  # one worker makes it, the others wait


@contextmanager
def server() -> Iterator[cursor]:
    """The server of the tests, for what stands outside any transaction."""
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:
        connection.autocommit = True
        yield connection.cursor()


def url_of(name: str) -> str:
    """The address of another database of the server."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def drop(query: cursor, name: str) -> None:
    """Drop a migrated database."""
    query.execute(f"ALTER DATABASE {name} WITH IS_TEMPLATE false")
    query.execute(f"DROP DATABASE {name}")


def drop_left_behind(query: cursor) -> None:
    """Drop those of runs that were killed: each has the number of its process in its name."""
    query.execute("SELECT datname FROM pg_database WHERE datname ~ '^migrated_[0-9]+_'")
    for (name,) in query.fetchall():
        if not psutil.pid_exists(int(name.split("_")[1])):
            drop(query, name)


def make_migrated() -> str:
    """The name of the migrated database. The first who asks makes it."""
    name = os.environ[NAME]
    with server() as query:
        query.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        query.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name])
        if query.fetchone() is None:
            drop_left_behind(query)
            query.execute(f"DROP DATABASE IF EXISTS {name}")  # somebody was ended while making it
            query.execute(f"CREATE DATABASE {name}")
            command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
            own = os.environ | {"DATABASE_URL": url_of(name)}
            subprocess.run(command, cwd=settings.BASE_DIR, env=own, check=True)
            query.execute(f"ALTER DATABASE {name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false")
    return name


def pytest_configure() -> None:
    """Name the database of this run."""
    os.environ.setdefault(NAME, f"migrated_{os.getpid()}_{uuid4().hex[:12]}")


def pytest_sessionfinish() -> None:
    """Drop it after the last test of the run."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    name = os.environ[NAME]
    with server() as query:
        query.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if query.fetchone() is not None:
            drop(query, name)
