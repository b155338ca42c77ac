"""The servers of the tests: started before Django is set up, ended after the last test.

Where `DATABASE_URL`, `BROKER_URL` and `CACHE_URL` are set, those are used and nothing is started.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.plugins.environment import TEST_ENVIRONMENT
from victor.embedded.postgres import database_server
from victor.embedded.valkey import broker

VAR = Path(os.environ.get("VICTOR_VAR", Path(__file__).resolve().parents[2] / "var")) / "test"
SERVERS = ExitStack()
OWN_SERVER = "TESTS_OWN_SERVER"  # the variable that says that the database's server is ours; workers inherit it


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Give the environment to this process; the workers of xdist inherit it."""
    sys.dont_write_bytecode = False  # tests that pytest has rewritten are kept: they take a third of a minute
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    os.environ.update(TEST_ENVIRONMENT)
    if "DATABASE_URL" not in os.environ:
        os.environ[OWN_SERVER] = "yes"
        os.environ["DATABASE_URL"] = SERVERS.enter_context(database_server(VAR / "pg", durable=False))
    if not {"BROKER_URL", "CACHE_URL"} <= os.environ.keys():
        socket = SERVERS.enter_context(broker(Path(SERVERS.enter_context(TemporaryDirectory()), "valkey")))
        os.environ.setdefault("BROKER_URL", f"redis+socket://{socket}")
        os.environ.setdefault("CACHE_URL", f"redis://{socket}?db=1")


def is_own_server() -> bool:
    """Whether the database's server was started for the tests."""
    return OWN_SERVER in os.environ


def pytest_unconfigure() -> None:
    """End what was started."""
    SERVERS.close()
