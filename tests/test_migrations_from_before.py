"""A database of before the code was rebuilt around its subjects works on: no row, no key and no link is lost.

`tests/data` holds the dump, made at 7b6ea16 by the script beside it. It is restored and migrated once for all tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from tests import installation, processes
from tests.plugins.migrated import server, url_of

pytestmark = [pytest.mark.long, pytest.mark.prove]

# Rows that a migration itself writes, or that Django keeps about the code.
OF_THE_CODE = {"django_migrations", "django_content_type", "auth_permission", "pgtrigger_manifest"}


def counts(url: str) -> dict[str, int]:
    """How many rows each table has."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if name not in OF_THE_CODE]
        rows = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            rows[table] = cursor.fetchone()[0]
    return rows


class Restored:
    """The installation in a database of its own, before and after it was migrated."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        installation.restore(url)
        installation.restore_files(folder)
        self.environment = os.environ | installation.environment(folder) | {"DATABASE_URL": url}
        self.before = counts(url)
        self._run("manage.py", "migrate", "--verbosity", "0")
        self.after = counts(url)
        self.findings: dict[str, Any] = json.loads(self._run("-m", "tests.life_after").splitlines()[-1])

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=processes.ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout


@pytest.fixture(scope="module")
def restored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restored]:
    """Restored and migrated once."""
    name = f"before_{os.getpid()}"
    with server() as query:
        query.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield Restored(url_of(name), tmp_path_factory.mktemp("before"))
        query.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_no_row_is_lost(restored):
    lost = {table: count for table, count in restored.before.items() if restored.after.get(table, 0) < count}
    assert lost == {}


def test_passphrase_of_before_opens_a_report(restored):
    story = installation.secrets()["receipts"]["whole"]["story"]
    assert story in restored.findings["passphrase_opens_report"]


def test_receipt_of_before_opens_its_report(restored):
    reference = installation.secrets()["receipts"]["whole"]["reference"]
    assert restored.findings["receipt_opens_report"] == reference
    assert restored.findings["words_of_receipt_are_read"]


def test_log_of_before_is_whole_and_goes_on(restored):
    assert restored.findings["faults_of_the_log"] == []


def test_kinds_of_before_have_their_models(restored):
    assert restored.findings["content_types_without_model"] == []
    assert restored.findings["models_without_content_type"] == []


def test_history_of_before_leads_to_its_things(restored):
    assert restored.findings["histories_that_lead_nowhere"] == []


def test_link_and_password_of_before_still_open(restored):
    assert restored.findings["signed_link_opens"] == 200
    assert restored.findings["password_is_known"]


def test_nobody_is_logged_out(restored):
    assert restored.findings["people_who_stay_logged_in"] == ["worker@demo.victor.example"]
